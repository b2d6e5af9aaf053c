import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { cursorNamed } from './cursor-store.ts';

export const showCursor = operation({
  name: 'cursor.show',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }, { name }) {
    const cursor = yield* cursorNamed(actor.user, name);
    if (!cursor) throw new Refusal('not-found');
    return { cursor };
  },
});
