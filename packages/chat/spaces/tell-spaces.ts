import type { SpaceId, UserId } from '@confab/protocol';
import { inboxLog, spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { guestsOf, spaceAsSeenBy, spacesOf } from './space-store.ts';

/** Tells each space of a person how the person looks now. */
export function* tellSpacesOfPerson(tx: Transaction, { person }: FactOf<'person-changed'>): Step<void> {
  for (const space of yield* spacesOf(person.id)) {
    yield* append(tx, { log: spaceLog(space.id), name: 'space.person-changed', by: person.id, data: { person } });
  }
}

/**
 * Shows a space as it is now to someone whom its log does not tell: `inbox.space-added` again, which replaces what
 * they had.
 */
export function* showSpaceTo(tx: Transaction, space: SpaceId, user: UserId, by: UserId): Step<void> {
  const view = yield* spaceAsSeenBy(user, space);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.space-added', by, data: { space: view } });
}

/** Shows a space as it is now to its guests. */
export function* showSpaceToGuests(tx: Transaction, space: SpaceId, by: UserId): Step<void> {
  for (const guest of yield* guestsOf(space)) yield* showSpaceTo(tx, space, guest, by);
}
