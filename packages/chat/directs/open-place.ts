import type { RoomId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { knownTo } from '../accounts/index.ts';
import { blockersOf } from '../blocks/index.ts';
import { foundPlace, placeOf } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { setClosedCount } from './closed-count.ts';

/** The place of `by` and these people, found or made, and in the list of `by` again. */
export function* openPlace(tx: Transaction, by: UserId, users: readonly UserId[]): Step<RoomId> {
  const people = [...new Set([by, ...users])].sort();
  refuseTooMany(people.length);
  const found = yield* placeOf(people);
  if (found === undefined || people.length <= 2) yield* checkReachable(by, people);
  if (found === undefined) return yield* foundPlace(tx, people, by);
  yield* setClosedCount(tx, found, by, null);
  return found;
}

/** Refuses unless `by` may know all of them, and each of them takes messages from `by`. */
export function* checkReachable(by: UserId, people: readonly UserId[]): Step<void> {
  if ((yield* knownTo(by, people)).length < people.length) throw new Refusal('not-found');
  if ((yield* blockersOf(by, people)).length > 0) throw new Refusal('not-accepted');
}

export function refuseTooMany(people: number): void {
  if (people <= limits.peoplePerGroup) return;
  throw new Refusal('limit-reached', { limit: limits.peoplePerGroup, what: 'people in a group' });
}
