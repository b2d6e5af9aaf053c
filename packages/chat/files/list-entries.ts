import type { ArchiveEntry } from '@confab/protocol';
import { sql } from '@confab/storage';
import { operation } from '../operation.ts';

export const listEntries = operation({
  name: 'file.entries',
  kind: 'read',
  access: { who: 'file', only: 'readers' },
  limit: 'read',
  *run({ reached }) {
    const row = yield* sql.get<{ entries: string; more: number }>(
      'SELECT entries, more FROM file_entries WHERE file_id = ?',
      reached.id,
    );
    return { entries: row ? (JSON.parse(row.entries) as ArchiveEntry[]) : [], more: row?.more === 1 };
  },
});
