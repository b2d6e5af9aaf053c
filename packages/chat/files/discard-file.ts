import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { deleteFile } from './delete-file.ts';
import { fileRow } from './file-store.ts';

/** What was posted goes by `message.remove-file`, which tells those who see it; what waits in a message with that. */
export const discardFile = operation({
  name: 'file.discard',
  kind: 'write',
  access: { who: 'file', only: 'sender' },
  limit: 'write',
  *run({ reached, tx }) {
    if (reached.message !== null) throw new Refusal('invalid-params', { path: '/file', problem: 'it was posted' });
    const row = yield* fileRow(reached.id);
    if (!row) return {};
    if (row.scheduled_id !== null) {
      throw new Refusal('invalid-params', { path: '/file', problem: 'a scheduled message has it' });
    }
    yield* deleteFile(tx, row);
    return {};
  },
});
