import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { bounds } from '../bounds.ts';
import { operation } from '../operation.ts';
import { countCursors, cursorNamed, putCursor } from './cursor-store.ts';

export const saveCursor = operation({
  name: 'cursor.save',
  kind: 'write',
  access: { who: 'user' },
  limit: 'cursor',
  *run({ actor, tx }, { name, state }) {
    const text = JSON.stringify(state);
    const { cursorStateBytes } = limits;
    if (Buffer.byteLength(text) > cursorStateBytes) {
      const problem = `it may have at most ${cursorStateBytes} bytes as JSON`;
      throw new Refusal('invalid-params', { path: '/state', problem });
    }
    const isNew = (yield* cursorNamed(actor.user, name)) === undefined;
    if (isNew && (yield* countCursors(actor.user)) >= bounds.cursorsPerUser) {
      throw new Refusal('limit-reached', { limit: bounds.cursorsPerUser, what: 'cursors of one person' });
    }
    yield* putCursor(actor.user, name, text, tx.now);
    return { savedAt: tx.now };
  },
});
