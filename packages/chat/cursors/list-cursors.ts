import { operation } from '../operation.ts';
import { cursorsOf } from './cursor-store.ts';

export const listCursors = operation({
  name: 'cursor.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }) {
    return { cursors: yield* cursorsOf(actor.user) };
  },
});
