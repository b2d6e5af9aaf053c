import type { RoomId, SpaceId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { leaveSpace, roleIn } from '../spaces/index.ts';
import type { Transaction } from '../transaction.ts';
import { insertBan, withdrawInvites } from './ban-store.ts';
import { insertMute, tellMutes } from './mute-store.ts';

/** What is done to somebody, by whom and why. Whether they may was asked before. */
export interface Measure {
  readonly space: SpaceId;
  readonly user: UserId;
  readonly by: UserId;
  readonly reason: string;
  readonly until: number | null;
}

export function* imposeMute(tx: Transaction, measure: Measure & { readonly room?: RoomId }): Step<void> {
  const { by: _, room, ...mute } = measure;
  yield* insertMute({ ...mute, room: room ?? null, at: tx.now });
  yield* tellMutes(tx, measure.user);
  yield* tx.happened({ kind: 'audited', action: 'person-muted', ...measure });
}

export function* imposeBan(tx: Transaction, measure: Measure): Step<void> {
  const { space, user, by } = measure;
  yield* insertBan({ ...measure, at: tx.now });
  yield* withdrawInvites(space, user, tx.now);
  if ((yield* roleIn(space, user)) !== undefined) yield* leaveSpace(tx, space, user, by);
  yield* tx.happened({ kind: 'audited', action: 'person-banned', ...measure });
}
