import type { FileKind } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import type { ReachedFile } from '../access.ts';
import { scheduleJob } from '../jobs/index.ts';
import { operation } from '../operation.ts';
import type { Transaction } from '../transaction.ts';
import { keepBlob } from './blob-store.ts';
import { detailsOf, type FileDetails, type FileRow, fileRow, shownFile } from './file-store.ts';
import { giveRoom, takeRoom } from './usage.ts';

/** What was found out about bytes that have arrived, and lie under their hash now. */
export interface SettledFile {
  readonly blob: string;
  /** In bytes; less than what was sent where a picture said where it was taken. */
  readonly size: number;
  readonly kind: FileKind;
  readonly type: string;
  readonly details: Pick<FileDetails, 'width' | 'height' | 'animated'>;
  /** More can be found out: previews, pages, what is in it. */
  readonly hasMore: boolean;
}

const noQuotas = { personBytes: null, spaceBytes: null };

export const completeFile = operation({
  name: 'file.complete',
  kind: 'write',
  access: { who: 'file', only: 'sender' },
  limit: 'write',
  *run({ reached, tx, prepared }) {
    const row = yield* rowOf(reached);
    if (row.blob === '' && prepared.settled) yield* settle(tx, reached, row, prepared.settled);
    return { file: yield* shownFile(yield* rowOf(reached)) };
  },
});

function* rowOf({ id }: ReachedFile): Step<FileRow> {
  const row = yield* fileRow(id);
  if (!row) throw new Refusal('not-found');
  return row;
}

function* settle(tx: Transaction, { by, room }: ReachedFile, row: FileRow, settled: SettledFile): Step<void> {
  yield* keepBlob(settled.blob, settled.size, row.id);
  yield* giveRoom(by, room, row.size);
  yield* takeRoom(by, room, settled.size, noQuotas);
  const { pending: _, ...about } = detailsOf(row);
  const details = { ...about, ...settled.details, ...(settled.hasMore ? { pending: true as const } : {}) };
  yield* sql.run(
    'UPDATE files SET blob = ?, size = ?, kind = ?, type = ?, details = ? WHERE id = ?',
    settled.blob,
    settled.size,
    settled.kind,
    settled.type,
    JSON.stringify(details),
    row.id,
  );
  // A picture that stands for a video is looked at for the video.
  const subject = row.poster_of === '' ? row.id : row.poster_of;
  if (row.poster_of !== '' || settled.hasMore) {
    yield* scheduleJob(tx, { kind: 'file-preview', subject, lane: row.room_id, dueAt: tx.now, data: null });
  }
}
