import type { Ask, Question } from '@confab/engine';
import { toWireError, type WireError } from '@confab/protocol';
import type { IConnectPacket } from 'mqtt-packet';

/** A session token as the server makes them: 32 random bytes. */
const tokenForm = /^[A-Za-z0-9_-]{43}$/;
/** User names that say that the password is a token. */
const tokenUsers: ReadonlySet<string | undefined> = new Set([undefined, '', 'token']);

export type Identity =
  /** `ours`: the session was begun here and ends with the connection. */
  { readonly token: string; readonly ours: boolean } | { readonly error: WireError };

/**
 * The session behind a CONNECT: a token as its password, a person's name and password, or what came with the
 * connection itself (a cookie). Whether a token counts is decided where the session is opened.
 */
export async function identityOf(
  connect: Pick<IConnectPacket, 'username' | 'password'>,
  carried: string | null,
  origin: Pick<Question, 'agent' | 'address'>,
  ask: Ask,
): Promise<Identity> {
  const { username } = connect;
  const password = connect.password?.toString();
  if (password === undefined || password === '') {
    return carried === null ? { error: toWireError('unauthenticated') } : { token: carried, ours: false };
  }
  if (tokenUsers.has(username)) return { token: password, ours: false };
  if (tokenForm.test(password) && (await isKnownToken(password, origin, ask))) return { token: password, ours: false };
  const params = { handle: username, password, deliver: 'token' };
  const reply = await ask({ token: null, command: 'account.sign-in', params, ...origin });
  if ('error' in reply) return reply;
  const result = 'json' in reply ? (JSON.parse(reply.json) as unknown) : reply.result;
  return { token: (result as { token: string }).token, ours: true };
}

/** A password may look like a token: only a session's counts as one, one that has ended included. */
async function isKnownToken(token: string, origin: Pick<Question, 'agent' | 'address'>, ask: Ask): Promise<boolean> {
  const reply = await ask({ token, command: 'cursor.list', params: {}, ...origin });
  return !('error' in reply) || reply.error.code !== 'unauthenticated';
}
