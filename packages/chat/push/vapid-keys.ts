import { generateKeyPairSync } from 'node:crypto';
import type { Database } from '@confab/storage';

/** The instance's own pair by which push services know it (RFC 8292), base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A new pair, as JSON. */
function newKeys(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const keys: VapidKeys = { publicKey: point.toString('base64url'), privateKey: d };
  return JSON.stringify(keys);
}

/** The pair of this instance, made when it is first asked for and kept for ever: subscriptions are bound to it. */
export async function vapidKeys(database: Database): Promise<VapidKeys> {
  const secret = { name: 'vapid', candidate: newKeys() };
  return JSON.parse(await database.write<string>('nodes.secret', secret, 'nodes')) as VapidKeys;
}
