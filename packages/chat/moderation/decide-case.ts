import type { Params, SpaceId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import type { ReachedMessage } from '../access.ts';
import { removeMessage } from '../messages/index.ts';
import { operation } from '../operation.ts';
import { spaceOf } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { endCase, reportersOf } from './case-store.ts';
import { checkMember, checkTarget, checkUntil, type Moderator } from './check-target.ts';
import { imposeBan, imposeMute } from './impose.ts';
import { noteAbout } from './keep-record.ts';
import { tellNote } from './note-store.ts';
import { tellReports } from './tell-reports.ts';

type Decided = Params<'moderation.decide'>;

/** Does to the author what was decided. */
function* measure(tx: Transaction, moderator: Moderator, reported: ReachedMessage, decided: Decided): Step<void> {
  const { decision, reason, until = null } = decided;
  if (decision === 'dismiss' || decision === 'delete') return;
  if (reason.trim() === '') {
    throw new Refusal('invalid-params', { path: '/reason', problem: 'they are told why' });
  }
  checkUntil(until, tx.now);
  const space = spaceOf(reported.room);
  const { author: user } = reported;
  // Whoever has left can still be kept from coming back.
  yield* (decision === 'ban' ? checkTarget : checkMember)(moderator, space, user);
  const what = { space, user, by: moderator.user, reason };
  if (decision === 'warn') yield* tx.happened({ kind: 'audited', action: 'person-warned', ...what });
  else yield* (decision === 'mute' ? imposeMute : imposeBan)(tx, { ...what, until });
}

/** Those who reported it hear what came of it. */
function* tellReporters(tx: Transaction, space: SpaceId, reported: ReachedMessage, { decision }: Decided): Step<void> {
  const about = yield* noteAbout(space, reported.room.id);
  for (const reporter of yield* reportersOf(reported.id)) {
    yield* tellNote(tx, reporter, { kind: 'report-decided', ...about, reason: '', decision });
  }
}

export const decideCase = operation({
  name: 'moderation.decide',
  kind: 'write',
  access: { who: 'reported-message' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const { decision, reason, alsoDelete } = params;
    const { id: message, author, room } = reached;
    const space = spaceOf(room);
    const by = actor.user;
    yield* tellReporters(tx, space, reached, params);
    if (!(yield* endCase(message, { by, at: tx.now, decision, reason }))) throw new Refusal('already-decided');
    if (decision === 'delete' || (alsoDelete && decision !== 'dismiss')) {
      yield* removeMessage(tx, by, reached, reason);
    }
    yield* measure(tx, { user: by, role: room.role }, reached, params);
    const about = { space, by, user: author, room: room.id, message };
    yield* tx.happened({ kind: 'audited', action: 'report-decided', ...about, reason, detail: decision });
    yield* tellReports(tx, space);
    return {};
  },
});
