import type { TimelineState } from '@confab/client';
import { type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { useConversation } from './conversation-context.tsx';
import { JumpToLatest } from './jump-to-latest.tsx';
import { ListItem } from './list-item.tsx';
import { ListRow } from './list-row.tsx';
import styles from './message-list.module.css';
import { NewMessageSpeaker } from './new-message-speaker.tsx';
import { timelineRows } from './timeline-rows.ts';
import { type Target, useListWindow } from './use-list-window.ts';
import { useReading } from './use-reading.ts';
import { useScrollKeeper } from './use-scroll-keeper.ts';

interface MessageListProps {
  state: TimelineState;
  unread: number;
  /** Where to go: the address's message, or `null` for where reading goes on. Another object is another request. */
  target: Target;
  welcome: ReactNode;
}

/** The timeline: exact about its place, whatever loads above, below or within. */
export function MessageList({ state, unread, target, welcome }: MessageListProps) {
  const { me } = useSignedIn();
  const { timeline } = useConversation();
  const rows = useMemo(() => timelineRows(state, me.id), [state, me.id]);
  const { generation, shift } = useListWindow(rows);
  const scroller = useRef<HTMLDivElement>(null);
  const keeper = useScrollKeeper({ scroller, rows, state, timeline, generation, target });
  useReading({ atBottom: keeper.atBottom && !state.later, unread });

  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const lastMessage = rows.findLastIndex((row) => row.kind === 'message');
  const found = rows.findIndex((row) => row.key === currentKey);
  const current = found === -1 ? lastMessage : found;

  // The focus goes to the row after it has been drawn, which may need a scroll first.
  const focusPending = useRef(false);
  useLayoutEffect(() => {
    if (!focusPending.current) return;
    focusPending.current = false;
    scroller.current?.querySelector<HTMLElement>('article[tabindex="0"]')?.focus();
  });
  const step = useCallback(
    (from: number, by: 1 | -1) => {
      let next = from + by;
      while (rows[next] !== undefined && rows[next]?.kind !== 'message') next += by;
      const row = rows[next];
      if (row === undefined) return;
      focusPending.current = true;
      setCurrentKey(row.key);
      keeper.show(next);
    },
    [rows, keeper.show],
  );

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the messages inside */}
      <div
        ref={scroller}
        className={styles.scroller}
        onKeyDown={(event) => {
          if (!(event.target instanceof HTMLElement) || event.target.tagName !== 'ARTICLE') return;
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          step(current, event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <div className={styles.spacer} />
        <Virtualizer
          key={generation}
          ref={keeper.handle}
          as="ol"
          item={ListItem}
          shift={shift}
          bufferSize={600}
          keepMounted={current === -1 ? [] : [current]}
          onScroll={keeper.onScroll}
          onResize={keeper.onResize}
        >
          {rows.map((row, index) => (
            <ListRow
              key={row.key}
              row={row}
              welcome={welcome}
              flashSeq={keeper.flashSeq}
              current={index === current}
              onCurrent={setCurrentKey}
            />
          ))}
          <div key="foot" className={styles.foot} />
        </Virtualizer>
      </div>
      {keeper.atBottom && !state.later ? null : <JumpToLatest unread={unread} onClick={keeper.toLatest} />}
      <NewMessageSpeaker items={state.items} />
    </div>
  );
}
