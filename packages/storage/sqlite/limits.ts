/** What may grow, and how far. */
export interface SqliteLimits {
  /** Scripts that wait for a commit; one more is refused with `DatabaseUnavailable`. */
  readonly maxQueuedWrites: number;
  /** Scripts that share one commit: more raise throughput, but also the time that the last one waits. */
  readonly maxBatchWrites: number;
  readonly maxQueuedReads: number;
  /** Few, because the first of a batch gets its answer with the last. */
  readonly maxBatchReads: number;
  /** Compiled statements kept per connection. */
  readonly maxPreparedStatements: number;
  /** Pages in the write-ahead log after which they are copied to the database file, between two batches. */
  readonly checkpointPages: number;
  /** How long to wait for a foreign program (a backup, a shell) that holds a lock. */
  readonly busyTimeoutMs: number;
  /** Page cache per connection. Filled as needed. */
  readonly cacheKibibytes: number;
}

export const defaultLimits: SqliteLimits = {
  maxQueuedWrites: 20_000,
  maxBatchWrites: 512,
  maxQueuedReads: 20_000,
  maxBatchReads: 16,
  maxPreparedStatements: 512,
  checkpointPages: 1_000,
  busyTimeoutMs: 2_000,
  cacheKibibytes: 32 * 1024,
};
