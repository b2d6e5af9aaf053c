import type { Role, SpaceId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import { isAtLeast } from '../roles.ts';
import { roleIn } from '../spaces/index.ts';

export interface Moderator {
  readonly user: UserId;
  readonly role: Role;
}

/** Refuses what is done to oneself or to somebody whose role is not below one's own. Answers with that role, if any. */
export function* checkTarget(moderator: Moderator, space: SpaceId, user: UserId): Step<Role | undefined> {
  const role = yield* roleIn(space, user);
  if (user === moderator.user || (role !== undefined && isAtLeast(role, moderator.role))) {
    throw new Refusal('forbidden');
  }
  return role;
}

/** The same, of somebody who has to be in the space. */
export function* checkMember(moderator: Moderator, space: SpaceId, user: UserId): Step<void> {
  if ((yield* checkTarget(moderator, space, user)) === undefined) throw new Refusal('not-found');
}

/** Refuses an end that has passed. */
export function checkUntil(until: number | null, now: number): void {
  if (until !== null && until <= now) throw new Refusal('time-out-of-range');
}
