import type { Role, SignedIn, SpaceId, UserId } from '@confab/protocol';
import type { Scripts, Step } from '@confab/storage';
import { insertUser } from '../accounts/account-store.ts';
import { startSession } from '../accounts/start-session.ts';
import { consequences } from '../consequences.ts';
import type { Effects } from '../effects.ts';
import { messageParts } from '../message-parts.ts';
import { scripts } from '../scripts.ts';
import { joinSpace } from '../spaces/join-space.ts';
import { Transaction } from '../transaction.ts';
import { storedRows } from './stored-rows.ts';

export interface NewPerson {
  readonly handle: string;
  readonly name: string;
  readonly tokenHash: string;
  readonly passwordHash: string;
  /** What to do besides: found the instance, join a space, or nothing. */
  readonly then: { found: string } | { join: SpaceId; role: Role } | null;
  readonly now: number;
  readonly ids: readonly string[];
}

/** A person with a session, without the slow hashing of a password as a sign-up has it. */
function* addPerson(input: NewPerson): Step<{ signedIn: SignedIn; effects: Effects }> {
  const tx = new Transaction(input.now, input.ids, consequences, messageParts);
  const user = tx.newId<UserId>();
  const { handle, name, passwordHash } = input;
  yield* insertUser({ id: user, handle, name, passwordHash, now: input.now });
  const { then } = input;
  if (then !== null && 'found' in then) {
    yield* tx.happened<'instance-set-up'>({ kind: 'instance-set-up', user, spaceName: then.found });
  }
  if (then !== null && 'join' in then) yield* joinSpace(tx, then.join, user, then.role, user);
  const signedIn = yield* startSession(tx, user, { tokenHash: input.tokenHash, agent: 'test' });
  return { signedIn, effects: yield* tx.conclude() };
}

/** Another session of someone, for what happens between a person's devices. */
function* addSession(input: { user: UserId; tokenHash: string; now: number; ids: readonly string[] }): Step<SignedIn> {
  const tx = new Transaction(input.now, input.ids, consequences, messageParts);
  return yield* startSession(tx, input.user, { tokenHash: input.tokenHash, agent: 'test, second device' });
}

export const testScripts: Scripts = {
  ...scripts,
  'testing.add-person': addPerson,
  'testing.add-session': addSession,
  ...storedRows,
  // biome-ignore lint/correctness/useYield: a script that fails before its first statement
  *'testing.fail'(): Step<never> {
    throw new Error('a bug in a script');
  },
};
