import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';

/** Refuses a time that has passed, or is too far ahead to mean it. Unix milliseconds. */
export function checkDueAt(dueAt: number, now: number): void {
  if (dueAt <= now || dueAt > now + limits.scheduleAheadMs) throw new Refusal('time-out-of-range');
}
