/** How often a job is tried, and how long it then waits. Milliseconds. */
export const jobBounds = {
  attempts: 20,
  /** After the first failure; doubled with each further one. */
  firstPauseMs: 1_000,
  longestPauseMs: 3_600_000,
  /** Jobs of one answer. */
  perLook: 100,
} as const;

/** How long to wait after so many failures. */
export function pauseAfter(failures: number): number {
  return Math.min(jobBounds.firstPauseMs * 2 ** (failures - 1), jobBounds.longestPauseMs);
}
