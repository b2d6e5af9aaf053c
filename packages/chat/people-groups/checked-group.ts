import type { PeopleGroup, PeopleGroupId, SpaceId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { calledBy } from '@confab/protocol/mention-names.ts';
import type { Step } from '@confab/storage';
import { countMembers, groupById, isHandleTaken } from './group-store.ts';

/** A group of this space. */
export function* groupIn(space: SpaceId, group: PeopleGroupId): Step<PeopleGroup> {
  const found = yield* groupById(space, group);
  if (!found) throw new Refusal('not-found');
  return found;
}

/** Refuses a handle that would name somebody else as well. `group`: the one that is to have it. */
export function* refuseTakenHandle(space: SpaceId, handle: string, group: PeopleGroupId | ''): Step<void> {
  if (calledBy(handle) !== null || (yield* isHandleTaken(space, handle, group))) {
    throw new Refusal('handle-taken', { handle });
  }
}

/** People by id, each of them found to be in the space. */
export function* peopleIn(space: SpaceId, people: readonly UserId[]): Step<UserId[]> {
  if ((yield* countMembers(space, people)) < people.length) {
    throw new Refusal('invalid-params', { path: '/people', problem: 'not all of them are in this space' });
  }
  return [...people].sort();
}
