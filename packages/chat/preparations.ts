import { type MailState, type Params, Refusal } from '@confab/protocol';
import { mayCallHere } from '@confab/protocol/mention-names.ts';
import type { Database } from '@confab/storage';
import type { Credentials } from './accounts/index.ts';
import { checkPassword, type Passwords } from './accounts/passwords.ts';
import type { Actor, Origin } from './actor.ts';
import { bounds } from './bounds.ts';
import type { PresenceSource } from './completions.ts';
import type { AwaitedFile, FileSource } from './files/index.ts';
import { fileKey } from './files/signed-address.ts';
import { mailKey } from './mail/mail-key.ts';
import type { OperationName } from './operation.ts';
import type { InstanceFacts, NewSession, PreparedInputs } from './prepared.ts';
import { vapidKeys } from './push/vapid-keys.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { QueryName } from './scripts.ts';
import { hashToken, tokenBytes, tokenFrom } from './tokens.ts';

/** What preparing may use. */
export interface Preparing {
  readonly actor: Actor | null;
  readonly origin: Origin;
  /** Whether the command came over a connection, where no cookie can be set. */
  readonly overConnection: boolean;
  readonly instance: InstanceFacts;
  readonly database: Database;
  readonly passwords: Passwords;
  readonly rates: RateLimiter;
  readonly presence: PresenceSource;
  readonly mail: MailState;
  readonly files: FileSource;
  /** Unix milliseconds. */
  readonly now: number;
  randomBytes(count: number): Uint8Array;
}

/** `secret` is told to the asker in the answer's `token`, and to nobody else: scripts never see it. */
export interface Prepared<Input> {
  readonly input: Input;
  readonly secret?: string;
}

type Preparation<Name extends keyof PreparedInputs> = (
  preparing: Preparing,
  params: Params<Name>,
) => Prepared<PreparedInputs[Name]> | Promise<Prepared<PreparedInputs[Name]>>;

const query = <T>({ database }: Preparing, name: QueryName, input: unknown) => database.read<T>(name, input);

function newSession(preparing: Preparing, deliver: 'cookie' | 'token'): { session: NewSession; secret: string } {
  // A cookie is for what a page must not read; over a connection the page would read it.
  if (deliver === 'cookie' && preparing.overConnection) {
    throw new Refusal('invalid-params', { path: '/deliver', problem: 'a cookie can only be set over HTTP' });
  }
  const secret = tokenFrom(preparing.randomBytes(tokenBytes));
  return {
    secret,
    session: { tokenHash: hashToken(secret), agent: preparing.origin.agent.slice(0, bounds.agentChars) },
  };
}

function newToken({ randomBytes }: Preparing) {
  const secret = tokenFrom(randomBytes(tokenBytes));
  return { input: { tokenHash: hashToken(secret), hint: secret.slice(-4) }, secret };
}

const mailState = ({ mail }: Preparing) => ({ input: { mail } });
const instanceFacts = ({ instance }: Preparing) => ({ input: { instance } });

/** Work of the main thread before an operation's transaction: slow hashing, randomness, settings. */
const preparations: { readonly [Name in keyof PreparedInputs]: Preparation<Name> } = {
  'instance.show': instanceFacts,
  'account.home': instanceFacts,
  'message.post': ({ presence }, { text }) => ({
    input: { online: mayCallHere(text) ? presence.online(bounds.onlinePeople) : null },
  }),

  async 'account.set-up'(preparing, { password, handle, deliver }) {
    const { session, secret } = newSession(preparing, deliver);
    checkPassword(password, handle);
    // Asked before the slow hashing too, so that nobody can keep a server busy with it.
    if (await query<boolean>(preparing, 'instance.is-set-up', null)) throw new Refusal('already-set-up');
    return { input: { passwordHash: await preparing.passwords.hash(password), session }, secret };
  },

  async 'account.sign-up'(preparing, { password, handle, invite, deliver }) {
    const { session, secret } = newSession(preparing, deliver);
    if (invite === undefined && preparing.instance.signUp !== 'open') throw new Refusal('sign-up-closed');
    checkPassword(password, handle);
    if (invite !== undefined) {
      const usable = await query<boolean>(preparing, 'invites.is-usable', { token: invite, now: preparing.now });
      if (!usable) throw new Refusal('invite-invalid');
    }
    return { input: { passwordHash: await preparing.passwords.hash(password), session }, secret };
  },

  async 'account.sign-in'(preparing, { handle, password, deliver }) {
    const { session, secret } = newSession(preparing, deliver);
    if (!(await query<boolean>(preparing, 'instance.is-set-up', null))) throw new Refusal('not-set-up');
    const folded = handle.trim().toLowerCase();
    const guess = preparing.rates.takeGuess(folded, preparing.origin.address);
    const found = await query<Credentials | undefined>(preparing, 'credentials.by-handle', folded);
    const matches = await preparing.passwords.matches(password, found?.passwordHash);
    if (!matches || !found) throw new Refusal('wrong-credentials');
    guess.wasRight();
    return { input: { user: found.user, verifiedHash: found.passwordHash, session }, secret };
  },

  async 'account.change-password'(preparing, { current, next }) {
    const { actor, passwords, rates, now, origin } = preparing;
    const own = await query<Credentials & { handle: string }>(preparing, 'credentials.of', { actor, now });
    const guess = rates.takeGuess(own.handle, origin.address);
    if (!(await passwords.matches(current, own.passwordHash))) throw new Refusal('wrong-credentials');
    guess.wasRight();
    checkPassword(next, own.handle);
    return { input: { verifiedHash: own.passwordHash, nextHash: await passwords.hash(next) } };
  },

  'account.show-email': mailState,
  async 'account.set-email'(preparing, { password }) {
    const { actor, passwords, rates, now, origin, mail } = preparing;
    const own = await query<Credentials & { handle: string }>(preparing, 'credentials.of', { actor, now });
    if (mail !== 'ready') throw new Refusal('mail-not-set-up');
    const guess = rates.takeGuess(own.handle, origin.address);
    if (!(await passwords.matches(password, own.passwordHash))) throw new Refusal('wrong-credentials');
    guess.wasRight();
    return { input: { mail } };
  },
  'account.confirm-email': mailState,
  'account.test-email': mailState,
  'email.unsubscribe': async ({ database }) => ({ input: { key: await mailKey(database) } }),

  async 'file.begin'({ files }, { size }) {
    const { fileBytes, personBytes, spaceBytes } = files;
    return { input: { fileBytes, personBytes, spaceBytes, hasRoom: await files.hasRoom(size) } };
  },
  async 'file.complete'(preparing, { file }) {
    const { actor, files, now } = preparing;
    const awaited = await query<AwaitedFile | null>(preparing, 'files.awaited', { actor, file, now });
    return { input: { settled: awaited && (await files.settle(awaited)) } };
  },
  'file.address': async ({ database }) => ({ input: { key: await fileKey(database) } }),

  'invite.create': newToken,
  'webhook.create': newToken,
  'push.list': async ({ database }) => ({ input: { publicKey: (await vapidKeys(database)).publicKey } }),
};

/** What has to be prepared for an operation, if anything. */
export function preparationOf(
  name: OperationName,
): ((preparing: Preparing, params: never) => Prepared<unknown> | Promise<Prepared<unknown>>) | undefined {
  return Object.hasOwn(preparations, name) ? preparations[name as keyof typeof preparations] : undefined;
}
