import { randomBytes } from 'node:crypto';
import type { Database } from '@confab/storage';

const keys = new WeakMap<Database, Map<string, Promise<string>>>();

/** A key of the instance's own for signing, by what it signs; made when it is first asked for and kept for ever. */
export function instanceKey(database: Database, name: 'mail' | 'files'): Promise<string> {
  const known = keys.get(database) ?? new Map<string, Promise<string>>();
  keys.set(database, known);
  const earlier = known.get(name);
  if (earlier !== undefined) return earlier;
  const secret = { name, candidate: randomBytes(32).toString('base64url') };
  const asked = database.write<string>('nodes.secret', secret, 'nodes');
  known.set(name, asked);
  asked.catch(() => known.delete(name));
  return asked;
}
