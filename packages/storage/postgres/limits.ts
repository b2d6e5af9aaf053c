/** What may grow, and how far. */
export interface PostgresLimits {
  /** Connections that write at the same time, each for another key. */
  readonly writeConnections: number;
  readonly readConnections: number;
  /** Scripts that wait for a connection; one more is refused with `DatabaseUnavailable`. */
  readonly maxQueuedWrites: number;
  /**
   * Scripts of one key that share one commit. A transaction that reads more than some 32 pages of an index is taken to
   * have read all of it, and then meets every other one that adds to it.
   */
  readonly maxBatchWrites: number;
  readonly maxQueuedReads: number;
  /** Statements that each connection keeps prepared; further ones are parsed each time. */
  readonly maxPreparedStatements: number;
  /** How long a script waits for its turn, for instance while PostgreSQL is away. */
  readonly waitMs: number;
  /** From the first packet until the connection can be used. */
  readonly connectMs: number;
  /** One statement, by PostgreSQL's clock; also how long one waits for another node that writes to the same key. */
  readonly statementMs: number;
  /** One batch or read, by our clock: then its connection is given up. */
  readonly batchMs: number;
  /** How often a batch is run until it meets no other transaction. */
  readonly maxAttempts: number;
  /** How many of these, the last ones, run with no other batch of any node beside them. */
  readonly attemptsAlone: number;
  /** How long one waits for all others to end their batches; meanwhile no further ones begin. */
  readonly aloneWaitMs: number;
  /** A node that starts waits so long for another one that changes the schema. */
  readonly migrationMs: number;
}

export const defaultLimits: PostgresLimits = {
  writeConnections: 8,
  readConnections: 4,
  maxQueuedWrites: 20_000,
  maxBatchWrites: 32,
  maxQueuedReads: 20_000,
  maxPreparedStatements: 512,
  waitMs: 5_000,
  connectMs: 5_000,
  statementMs: 8_000,
  batchMs: 10_000,
  maxAttempts: 12,
  attemptsAlone: 6,
  aloneWaitMs: 1_000,
  migrationMs: 600_000,
};
