import type { File } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { refuseIfSilent } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { detailsOf, type FileRow, fileRow, setDetails, shownFile } from './file-store.ts';

/** Tells those who see a file what is known of it now; of one that waits in a composer nobody is told. */
export function* tellFile(tx: Transaction, row: FileRow, by: FileRow['user_id'] | null): Step<File> {
  const file = yield* shownFile(row);
  const { message_id: message, scheduled_id: scheduled } = row;
  if (scheduled !== null) yield* tx.happened({ kind: 'scheduled-file-changed', scheduled });
  if (message !== null) {
    yield* append(tx, {
      log: roomLog(row.room_id),
      name: 'file.changed',
      by,
      data: { message, file },
      subject: message,
    });
  }
  return file;
}

export const describeFile = operation({
  name: 'file.describe',
  kind: 'write',
  access: { who: 'file', only: 'sender' },
  limit: 'write',
  *run({ actor, reached, tx }, { description: typed }) {
    yield* refuseIfSilent(reached.room, actor.user, tx.now);
    const row = yield* fileRow(reached.id);
    if (!row) throw new Refusal('not-found');
    const { description: before, ...others } = detailsOf(row);
    const description = typed.trim();
    if (description === (before ?? '')) return { file: yield* shownFile(row) };
    const details = { ...others, ...(description === '' ? {} : { description }) };
    yield* setDetails(row.id, details);
    return { file: yield* tellFile(tx, { ...row, details: JSON.stringify(details) }, actor.user) };
  },
});
