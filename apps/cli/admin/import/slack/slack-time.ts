import type { MessageRef } from '../export-model.ts';

/**
 * Slack's `ts`: seconds with six digits behind the point, which name a message in its channel. The last three of them
 * are less than a millisecond, and order what was said within one.
 */
export function refOf(ts: string | undefined): MessageRef | undefined {
  const [, seconds, fraction = ''] = /^(\d{1,11})\.(\d{1,6})$/.exec(ts ?? '') ?? [];
  if (ts === undefined || seconds === undefined) return undefined;
  const micros = Number(fraction.padEnd(6, '0'));
  return { key: ts, at: Number(seconds) * 1_000 + Math.floor(micros / 1_000), counter: micros % 1_000 };
}
