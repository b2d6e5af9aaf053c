import { createHmac, timingSafeEqual } from 'node:crypto';
import type { UserId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import { instanceKey } from '../instance-key.ts';

/** Signs links in mails. */
export const mailKey = (database: Database): Promise<string> => instanceKey(database, 'mail');

const signatureOf = (key: string, user: string, address: string): Buffer =>
  createHmac('sha256', key).update(`unsubscribe ${user} ${address}`).digest();

/** What lets whoever has a mail in hand end those about messages. It counts as long as the address. */
export const unsubscribeToken = (key: string, user: UserId, address: string): string =>
  `${user}_${signatureOf(key, user, address).toString('base64url')}`;

export const personOfToken = (token: string): UserId => token.slice(0, token.indexOf('_')) as UserId;

export function isSigned(token: string, key: string, address: string): boolean {
  const given = Buffer.from(token.slice(token.indexOf('_') + 1), 'base64url');
  const wanted = signatureOf(key, personOfToken(token), address);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
