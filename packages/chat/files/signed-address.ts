import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FileId, SessionId, UserId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { Actor } from '../actor.ts';
import { instanceKey } from '../instance-key.ts';

/** Signs addresses of files. */
export const fileKey = (database: Database): Promise<string> => instanceKey(database, 'files');

interface SignedAccess {
  readonly actor: Pick<Actor, 'user' | 'session'>;
  readonly file: FileId;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

const signatureOf = (key: string, said: string, file: FileId): Buffer =>
  createHmac('sha256', key).update(`file ${file} ${said}`).digest();

/** Who may have a file and until when, so that nobody can change it. What they may is asked anew at each request. */
export function signAddress(key: string, { actor, file, expiresAt }: SignedAccess): string {
  const said = `${actor.user}_${actor.session}_${expiresAt.toString(36)}`;
  return `${said}_${signatureOf(key, said, file).toString('base64url')}`;
}

/** Who asks by a signed address; `undefined` when it was not signed here, is another file's, or has run out. */
export function readAccess(key: string, file: FileId, access: string, now: number): SignedAccess['actor'] | undefined {
  const [user = '', session = '', until = '', signature = ''] = splitAccess(access);
  const given = Buffer.from(signature, 'base64url');
  const wanted = signatureOf(key, `${user}_${session}_${until}`, file);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  if (Number.parseInt(until, 36) <= now) return undefined;
  return { user: user as UserId, session: session as SessionId };
}

/** The signature may hold the sign that the parts stand between. */
function splitAccess(access: string): string[] {
  const parts = access.split('_');
  return [...parts.slice(0, 3), parts.slice(3).join('_')];
}
