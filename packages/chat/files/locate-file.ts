import { Refusal } from '@confab/protocol/errors.ts';
import { sql } from '@confab/storage';
import { operation } from '../operation.ts';
import { fileRow } from './file-store.ts';

export const locateFile = operation({
  name: 'file.locate',
  kind: 'read',
  access: { who: 'file', only: 'readers' },
  limit: 'file',
  *run({ reached }, { preview }) {
    const row = yield* fileRow(reached.id);
    if (!row || row.blob === '') throw new Refusal('not-found');
    const { name } = row;
    if (preview === undefined) return { content: row.blob, type: row.type, size: row.size, name };
    const made = yield* sql.all<{ type: string; blob: string; size: number }>(
      'SELECT type, blob, size FROM file_previews WHERE file_id = ? AND width = ?',
      row.id,
      preview,
    );
    const avif = made.find(({ type }) => type === 'image/avif');
    const other = made.find(({ type }) => type !== 'image/avif');
    if (!other) throw new Refusal('not-found');
    return {
      ...{ content: other.blob, type: other.type, size: other.size, name },
      ...(avif ? { avif: { content: avif.blob, size: avif.size } } : {}),
    };
  },
});
