import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { peopleByIds } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { fileRow, placedFiles, postedFiles } from './file-store.ts';

export const listFiles = operation({
  name: 'file.list',
  kind: 'read',
  access: { who: 'visible-room', atLeast: 'guest' },
  limit: 'read',
  *run({ reached }, { kind, name, by, before, limit = limits.filesPerPage }) {
    const last = before === undefined ? undefined : yield* fileRow(before);
    const isPosted = last?.room_id === reached.id && last.message_id !== null;
    if (before !== undefined && !isPosted) {
      throw new Refusal('invalid-params', { path: '/before', problem: 'not a file of this room' });
    }
    const rows = yield* postedFiles(reached.id, { kind, name, by, before: last }, limit + 1);
    const files = yield* placedFiles(rows.slice(0, limit));
    const people = yield* peopleByIds([...new Set(files.map((each) => each.by))]);
    return { files, people, more: rows.length > limit };
  },
});
