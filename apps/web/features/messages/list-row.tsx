import { memo, type ReactNode } from 'react';
import { MessageRow } from './message-row.tsx';
import { NoticeRow } from './notice-row.tsx';
import { DayDivider, UnreadDivider } from './row-dividers.tsx';
import type { Row } from './timeline-rows.ts';

interface ListRowProps {
  row: Row;
  welcome: ReactNode;
  flashSeq: number | null;
  current: boolean;
  onCurrent: (key: string) => void;
}

/** One item of the list: its dividers belong to it, so that items and rows count the same when more load above. */
export const ListRow = memo(
  function ListRow({ row, welcome, flashSeq, current, onCurrent }: ListRowProps) {
    if (row.kind === 'welcome') return welcome;
    return (
      <>
        {row.day === null ? null : <DayDivider day={row.day} />}
        {row.unread ? <UnreadDivider /> : null}
        {row.kind === 'notice' ? (
          <NoticeRow notices={row.notices} />
        ) : (
          <MessageRow
            item={row.item}
            first={row.first}
            flash={row.item.kind === 'message' && row.item.message.seq === flashSeq}
            current={current}
            onCurrent={() => onCurrent(row.key)}
          />
        )}
      </>
    );
  },
  (before, after) =>
    sameRow(before.row, after.row) &&
    before.flashSeq === after.flashSeq &&
    before.current === after.current &&
    before.welcome === after.welcome,
);

/** Rows are made anew with every event; what they show changes rarely. */
function sameRow(a: Row, b: Row): boolean {
  if (a.kind === 'welcome' || b.kind === 'welcome') return a.kind === b.kind;
  if (a.day !== b.day || a.unread !== b.unread) return false;
  if (a.kind === 'message') return b.kind === 'message' && a.item === b.item && a.first === b.first;
  // What a notice says never changes.
  return b.kind === 'notice' && a.key === b.key && a.notices.length === b.notices.length;
}
