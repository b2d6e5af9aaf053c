import { Refusal } from '@confab/protocol';
import { requestLimits } from './limits.ts';

/**
 * Milliseconds that a poll waits, from its `wait` in seconds; what is too long becomes the longest.
 * @throws `Refusal('invalid-params')`
 */
export function waitOf(text: string | null): number {
  const seconds = Number(text ?? 0);
  if (!(seconds >= 0)) throw new Refusal('invalid-params', { path: 'wait', problem: 'a number of seconds is wanted' });
  return Math.min(seconds * 1_000, requestLimits.waitMs);
}
