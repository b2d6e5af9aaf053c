import type { Reception } from '@confab/engine';

const retry = { retryAfterMs: 5_000 } as const;

/** What someone who may not come in now is told, and when to try again. */
export const notNow = {
  overloaded: { code: 'overloaded', details: retry },
  draining: { code: 'draining', details: retry },
} as const;

type NotNow = (typeof notNow)[keyof typeof notNow];

/**
 * Why nobody may come in from an address now. Too many connections are `overloaded` for whoever asks over HTTP:
 * another try may find one free.
 */
export function refusalNow(reception: Pick<Reception, 'refuses'>, address: string): NotNow | undefined {
  const reason = reception.refuses(address);
  if (reason === undefined) return undefined;
  return reason === 'draining' ? notNow.draining : notNow.overloaded;
}
