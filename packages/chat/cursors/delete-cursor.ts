import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { removeCursor } from './cursor-store.ts';

export const deleteCursor = operation({
  name: 'cursor.delete',
  kind: 'write',
  access: { who: 'user' },
  limit: 'cursor',
  *run({ actor }, { name }) {
    if (!(yield* removeCursor(actor.user, name))) throw new Refusal('not-found');
    return {};
  },
});
