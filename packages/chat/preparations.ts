import type { Params } from '@confab/protocol';
import { Refusal } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { Credentials } from './accounts/index.ts';
import { checkPassword, type Passwords } from './accounts/passwords.ts';
import type { Actor, Origin } from './actor.ts';
import { bounds } from './bounds.ts';
import type { InstanceFacts, NewSession, PreparedInputs } from './prepared.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { QueryName } from './scripts.ts';
import { hashToken, tokenBytes, tokenFrom } from './tokens.ts';

/** What preparing may use. */
export interface Preparing {
  readonly actor: Actor | null;
  readonly origin: Origin;
  readonly instance: InstanceFacts;
  readonly database: Database;
  readonly passwords: Passwords;
  readonly rates: RateLimiter;
  /** Unix milliseconds. */
  readonly now: number;
  randomBytes(count: number): Uint8Array;
}

/** `secret` is told to the asker in the answer's `token`, and to nobody else: scripts never see it. */
export interface Prepared<Input> {
  readonly input: Input;
  readonly secret?: string;
}

type Preparations = {
  readonly [Name in keyof PreparedInputs]: (
    with_: Preparing,
    params: Params<Name>,
  ) => Prepared<PreparedInputs[Name]> | Promise<Prepared<PreparedInputs[Name]>>;
};

const query = <T>(database: Database, name: QueryName, input: unknown) => database.read<T>(name, input);

function newSession({ origin, randomBytes }: Preparing): { session: NewSession; secret: string } {
  const secret = tokenFrom(randomBytes(tokenBytes));
  return { secret, session: { tokenHash: hashToken(secret), agent: origin.agent.slice(0, bounds.agentChars) } };
}

const instanceFacts = ({ instance }: Preparing) => ({ input: { instance } });

/** Work of the main thread before an operation's transaction: slow hashing, randomness, settings. */
export const preparations: Preparations = {
  'instance.show': instanceFacts,
  'account.home': instanceFacts,

  async 'account.set-up'(preparing, { password, handle }) {
    // Asked before the slow hashing too, so that nobody can keep a server busy with it.
    if (await query<boolean>(preparing.database, 'instance.is-set-up', null)) throw new Refusal('already-set-up');
    checkPassword(password, handle);
    const { session, secret } = newSession(preparing);
    return { input: { passwordHash: await preparing.passwords.hash(password), session }, secret };
  },

  async 'account.sign-up'(preparing, { password, handle, invite }) {
    if (invite === undefined && preparing.instance.signUp !== 'open') throw new Refusal('sign-up-closed');
    checkPassword(password, handle);
    const { session, secret } = newSession(preparing);
    return { input: { passwordHash: await preparing.passwords.hash(password), session }, secret };
  },

  async 'account.sign-in'(preparing, { handle, password }) {
    const folded = handle.trim().toLowerCase();
    preparing.rates.takeGuess(folded);
    const found = await query<Credentials | undefined>(preparing.database, 'credentials.by-handle', folded);
    const matches = await preparing.passwords.matches(password, found?.passwordHash);
    if (!matches || !found) throw new Refusal('wrong-credentials');
    const { session, secret } = newSession(preparing);
    return { input: { user: found.user, verifiedHash: found.passwordHash, session }, secret };
  },

  async 'account.change-password'(preparing, { current, next }) {
    const { actor, database, passwords, rates } = preparing;
    if (!actor) throw new Refusal('unauthenticated');
    const { handle, passwordHash } = await query<Credentials & { handle: string }>(database, 'credentials.of', {
      actor,
      now: preparing.now,
    });
    rates.takeGuess(handle);
    if (!(await passwords.matches(current, passwordHash))) throw new Refusal('wrong-credentials');
    checkPassword(next, handle);
    return { input: { verifiedHash: passwordHash, nextHash: await passwords.hash(next) } };
  },

  'invite.create'({ randomBytes }) {
    const secret = tokenFrom(randomBytes(tokenBytes));
    return { input: { tokenHash: hashToken(secret), hint: secret.slice(-4) }, secret };
  },
};
