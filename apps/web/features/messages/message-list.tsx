import type { TimelineState } from '@confab/client';
import { type ReactNode, useMemo, useRef } from 'react';
import { Virtualizer } from 'virtua';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { useConversation } from './conversation-context.tsx';
import { JumpToLatest } from './jump-to-latest.tsx';
import { ListItem } from './list-item.tsx';
import { ListRow } from './list-row.tsx';
import styles from './message-list.module.css';
import { NewMessageSpeaker } from './new-message-speaker.tsx';
import { settledRows, timelineRows } from './timeline-rows.ts';
import { useCurrentRow } from './use-current-row.ts';
import { useDestination } from './use-destination.ts';
import { useDrawnBeyond } from './use-drawn-beyond.ts';
import { type Target, useListWindow } from './use-list-window.ts';
import { useReading } from './use-reading.ts';
import { useScrollPosition } from './use-scroll-position.ts';

interface MessageListProps {
  state: TimelineState;
  unread: number;
  /** Where to go: the address's message, or where reading goes on. Another object is another request. */
  target: Target;
  welcome: ReactNode;
}

/** The timeline: exact about its place, whatever loads above, below or within. */
export function MessageList({ state, unread, target, welcome }: MessageListProps) {
  const { me } = useSignedIn();
  const { timeline } = useConversation();
  const rows = useMemo(() => settledRows(timelineRows(state, me.id), state.earlier), [state, me.id]);
  const { generation, shift } = useListWindow(rows);
  const scroller = useRef<HTMLDivElement>(null);
  const position = useScrollPosition({ scroller, rows, state, timeline });
  const { flashSeq, toLatest } = useDestination({ rows, state, timeline, position, generation, target });
  const { current, setCurrent, onKeyDown } = useCurrentRow(rows, scroller, position.handle);
  const settled = position.atBottom !== null;
  const drawnBeyond = useDrawnBeyond(settled);
  const atEnd = position.atBottom === true && !state.later;
  // Not before the list stands at its place: drawn alone, it would be seen somewhere else first.
  const kept = current === -1 || !settled ? [] : [current];
  useReading({ atEnd, whenAtBottom: position.whenAtBottom, unread });
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the messages inside */}
      <div ref={scroller} className={styles.scroller} onKeyDown={onKeyDown}>
        <div className={styles.spacer} />
        <Virtualizer
          key={generation}
          ref={position.handle}
          as="ol"
          item={ListItem}
          shift={shift}
          bufferSize={drawnBeyond}
          keepMounted={kept}
          onScroll={position.onScroll}
          onResize={position.onResize}
        >
          {rows.map((row, index) => (
            <ListRow
              key={row.key}
              row={row}
              welcome={welcome}
              flashSeq={flashSeq}
              current={index === current}
              onCurrent={setCurrent}
            />
          ))}
          <div key="foot" ref={position.foot} className={styles.foot} />
        </Virtualizer>
      </div>
      {position.atBottom !== false && !state.later ? null : <JumpToLatest unread={unread} onClick={toLatest} />}
      <NewMessageSpeaker items={state.items} />
    </div>
  );
}
