/** Bounds of a server that is several processes. */
export const processLimits = {
  /** Processes of one server: more than any machine has cores for. */
  processes: 64,
  /** Milliseconds before a process that ended is started again; twice as long each time, up to the longest. */
  firstPauseMs: 500,
  longestPauseMs: 30_000,
  /** Milliseconds after which a process that ends is no longer taken to have failed at its start. */
  steadyMs: 60_000,
} as const;
