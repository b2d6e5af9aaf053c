/** How a node does what is to be done later. */
export const jobLimits = {
  /** How long it waits at most before it looks again: others schedule too, and may have ended. */
  pollMs: 5_000,
  /** After this long work outside the database is broken off. */
  workMs: 30_000,
  /** How long somebody's lease is left alone from when this node first saw it, by its own monotonic clock. */
  leaseMs: 60_000,
  /** Jobs outside the database that this node does at the same time. */
  outsideAtOnce: 20,
} as const;

export type JobLimits = { readonly [Name in keyof typeof jobLimits]: number };
