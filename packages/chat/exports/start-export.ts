import type { Export, ExportId, RoomId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { operation } from '../operation.ts';
import type { Transaction } from '../transaction.ts';
import { planExport, stepsOf, tellExport } from './do-export.ts';
import { exportsOf, insertExport } from './export-store.ts';

interface Asked {
  readonly what: Export['what'];
  readonly room?: RoomId;
  readonly title: string;
}

function* startExport(tx: Transaction, user: UserId, asked: Asked): Step<{ export: Export }> {
  if ((yield* exportsOf(user)).length >= limits.exportsPerPerson) {
    throw new Refusal('limit-reached', { limit: limits.exportsPerPerson, what: 'exports at a time' });
  }
  const [first] = Object.keys(stepsOf[asked.what]);
  const made: Export = { id: tx.newId<ExportId>(), ...asked, state: 'running', startedAt: tx.now, endsAt: null };
  yield* insertExport(user, made, first ?? '');
  yield* tellExport(tx, { user, export: made });
  yield* planExport(tx, { user, export: made }, tx.now);
  return { export: made };
}

export const exportAccount = operation({
  name: 'account.export',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  ids: 1,
  *run({ actor, tx }) {
    return yield* startExport(tx, actor.user, { what: 'account', title: '' });
  },
});

export const exportRoom = operation({
  name: 'room.export',
  kind: 'write',
  access: { who: 'room', atLeast: 'admin' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx }) {
    return yield* startExport(tx, actor.user, { what: 'room', room: reached.id, title: reached.name });
  },
});
