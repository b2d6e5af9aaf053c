import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { fileRow, placed, shownFile } from './file-store.ts';

export const showFile = operation({
  name: 'file.show',
  kind: 'read',
  access: { who: 'file', only: 'readers' },
  limit: 'read',
  *run({ reached }) {
    const row = yield* fileRow(reached.id);
    if (!row) throw new Refusal('not-found');
    return { placed: placed(row, yield* shownFile(row)), arrived: row.blob !== '' };
  },
});
