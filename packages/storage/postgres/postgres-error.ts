import { DatabaseUnavailable } from '../database.ts';

/**
 * What a failed statement means. `conflict`: another transaction was in the way, the same again may succeed. `lost`: the
 * connection or the server is of no use. `unavailable`: the server is, but could not do this now. `script`: the
 * statement itself is at fault, a broken constraint for instance.
 */
export type Fault = 'conflict' | 'lost' | 'unavailable' | 'script';

/** SQLSTATE codes and classes (postgresql.org/docs/current/errcodes-appendix.html), the longest match counts. */
const faults: Readonly<Record<string, Fault>> = {
  '40001': 'conflict', // serialization_failure
  '40P01': 'conflict', // deadlock_detected
  '55P03': 'conflict', // a lock took too long
  '08': 'lost', // connection exceptions
  '57P': 'lost', // the server shuts down, or someone ended the connection
  '25P03': 'lost', // idle for too long within a transaction
  '26000': 'lost', // it does not know its prepared statements: someone in between mixes connections up
  '57014': 'unavailable', // took too long
  '53': 'unavailable', // disk full, out of memory, too many connections
  '58': 'unavailable', // the machine: an I/O error
  XX: 'unavailable', // broken inside
};

/** A statement's plan is of an older schema: another node changed it. A new connection has new plans. */
const stalePlan = 'cached plan must not change result type';

/** The SQLSTATE, or the system's code, of an error; '' if it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function faultOf(error: unknown): Fault {
  if (error instanceof DatabaseUnavailable) return 'lost';
  const code = codeOf(error);
  if (error instanceof Error && error.message.includes(stalePlan)) return 'lost';
  // What has no SQLSTATE does not come from the server.
  if (!/^[0-9A-Z]{5}$/.test(code) || /^E[A-Z]{4}$/.test(code)) return 'lost';
  return faults[code] ?? faults[code.slice(0, 3)] ?? faults[code.slice(0, 2)] ?? 'script';
}

export function unavailable(doing: string, error: unknown): DatabaseUnavailable {
  const why = error instanceof Error ? error.message : String(error);
  return new DatabaseUnavailable(`${doing}: ${why}`, { cause: error });
}
