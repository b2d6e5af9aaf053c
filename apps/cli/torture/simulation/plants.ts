import type { Domain } from '@confab/engine';
import { simulatedLimits } from './simulated-limits.ts';

/** Puts a bug into a node: a simulation that does not find it is worth nothing. */
export type Plant = (domain: Domain) => Domain;

const nothing: Plant = (domain) => domain;

/** Only the hub asks for that many events at once. */
const isPull = (limit: number): boolean => limit === simulatedLimits.pullEvents;

export const plants = {
  nothing,
  /** The hub does not read what the bus did not bring. */
  'no pull': (domain) => ({
    ...domain,
    readLog: async (range) => (isPull(range.limit) ? [] : domain.readLog(range)),
  }),
  /** Heads are never compared with the database. */
  'no sweep of heads': (domain) => ({ ...domain, heads: async (logs) => logs.map(() => undefined) }),
  /** What was revoked on other nodes is never looked for in the database. */
  'no sweep of revocations': (domain) => ({ ...domain, revocationsSince: async () => [] }),
  /** Whoever asks whether a right still stands is told that it does. */
  'no check of rights': (domain) => ({
    ...domain,
    mayListen: async (actor, logs) => ((await domain.stands(actor)) ? domain.heads(logs) : logs.map(() => undefined)),
  }),
} as const satisfies Record<string, Plant>;

export type PlantName = keyof typeof plants;
