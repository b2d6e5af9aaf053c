import type { SpaceId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { insertBot, insertUser, isHandleTaken, setDisabled } from '../accounts/index.ts';
import { joinSpace, roleIn } from '../spaces/index.ts';
import type { Transaction } from '../transaction.ts';
import { insertBroughtPerson, insertPersonalInvite } from './import-store.ts';
import type { BroughtPerson, Source } from './moved.ts';

/** How long whoever comes from elsewhere has to take over the account that waits for them. */
const claimLifetimeMs = 90 * 86_400_000;

export interface PeopleInput {
  readonly source: Source;
  readonly space: SpaceId;
  readonly owner: UserId;
  readonly people: readonly BroughtPerson[];
  readonly now: number;
}

function* isThere(user: UserId): Step<boolean> {
  return (yield* sql.get('SELECT 1 AS yes FROM users WHERE id = ?', user)) !== undefined;
}

/** An account that nobody can sign in to before they take it over. */
function* makeAccount(tx: Transaction, { user: id, account }: BroughtPerson): Step<void> {
  if (!account || (yield* isThere(id))) return;
  const { handle, name, kind, disabled } = account;
  if (yield* isHandleTaken(handle)) throw new Error(`The handle ${handle} was taken in between.`);
  const user = { id, handle, name, now: tx.now };
  yield* kind === 'bot' ? insertBot(user) : insertUser({ ...user, passwordHash: '' });
  if (disabled) yield* setDisabled(id, tx.now);
}

/** Makes the accounts of people who come from elsewhere, and puts them into the space. Twice is the same as once. */
export function* bringPeople(tx: Transaction, { source, space, owner, people, now }: PeopleInput): Step<void> {
  for (const person of people) {
    yield* makeAccount(tx, person);
    yield* insertBroughtPerson(source, person.key, person.user);
    if (person.role && !(yield* roleIn(space, person.user))) {
      yield* joinSpace(tx, space, person.user, person.role, owner);
    }
    if (!person.invite) continue;
    const role = person.role ?? 'member';
    const lifetime = { now, expiresAt: now + claimLifetimeMs };
    yield* insertPersonalInvite({ ...person.invite, space, role, by: owner, user: person.user, ...lifetime });
  }
}
