/** What a page may tell the worker. */
export type ToWorker =
  /** A worker that waits becomes the one in use. */
  { kind: 'take-over' };

export const workerPath = '/service-worker.js';
