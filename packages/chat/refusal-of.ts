import { Refusal, toWireError, type WireError } from '@confab/protocol';
import { DatabaseUnavailable, Rollback } from '@confab/storage';
import type { RefusedBecause } from './scripts.ts';

/** Something worth a line in the log. Never holds a secret, a message's text or a token. */
export type Report = (
  level: 'debug' | 'info' | 'warn' | 'error',
  what: string,
  details?: Record<string, unknown>,
) => void;

/** What a script or the database says, as a refusal; `undefined` for a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseUnavailable) return new Refusal('storage-unavailable', { retryAfterMs: 1_000 });
  if (!(error instanceof Rollback)) return undefined;
  const { code, details } = error.reason as RefusedBecause;
  return new Refusal(code, details);
}

/** What the asker is told. A bug is reported with its stack and told without it ([X2], [X3]). */
export function wireErrorOf(error: unknown, command: string, report: Report): WireError {
  if (error instanceof DatabaseUnavailable) report('warn', 'the storage did not answer', { command, error });
  const refusal = refusalOf(error);
  if (refusal) return refusal.toWire();
  report('error', 'a command failed', { command, error });
  return toWireError('internal');
}

export function asRefusal(error: unknown): never {
  throw refusalOf(error) ?? error;
}
