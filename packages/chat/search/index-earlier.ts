import type { MessageId } from '@confab/protocol';
import { sql } from '@confab/storage';
import { namedFilesOf } from '../files/index.ts';
import { type JobData, type JobHandler, scheduleJob } from '../jobs/index.ts';
import { takeInWaiting } from './index-fresh.ts';
import { addAllToIndex } from './index-store.ts';
import type { Indexed } from './indexed-words.ts';

/** Messages of one transaction: other writes wait for as long. */
const perSlice = 200;
/** After so many slices what waits in PostgreSQL is put into its index. */
const slicesTogether = 16;

type Row = Omit<Indexed, 'thread'> & { thread: MessageId | null; deleted_at: number | null };

/** Puts what was posted before there was an index into it, the newest first, a slice at a time. */
export const indexEarlier: JobHandler<JobData['search-index']> = {
  *run(tx, { subject, data }) {
    const rows = yield* sql.all<Row>(
      'SELECT id, room_id AS room, author, text, thread, deleted_at FROM messages WHERE id < ? ORDER BY id DESC LIMIT ?',
      data.before ?? '~',
      perSlice,
    );
    const files = yield* namedFilesOf(rows.map(({ id }) => id));
    yield* addAllToIndex(
      rows
        .filter(({ deleted_at }) => deleted_at === null)
        .map(({ deleted_at: _, thread, ...row }) => ({
          ...row,
          ...(thread === null ? {} : { thread }),
          files: files.get(row.id) ?? [],
        })),
    );
    const before = rows.at(-1)?.id;
    const slices = (data.slices ?? 0) + 1;
    if (before === undefined || slices % slicesTogether === 0) yield* takeInWaiting();
    if (before === undefined) return;
    const rest = { before, slices };
    yield* scheduleJob(tx, { kind: 'search-index', subject, lane: 'search', dueAt: tx.now, data: rest });
  },
};
