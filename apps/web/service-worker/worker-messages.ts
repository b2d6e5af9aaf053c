/** What a page may tell the worker. */
export type ToWorker =
  /** A worker that waits becomes the one in use. */
  { kind: 'take-over' };

/** What the worker may tell a page. */
export type FromWorker =
  /** Somebody pressed a notification that leads there. */
  | { kind: 'open'; path: string }
  /** A push came through. */
  | { kind: 'push-arrived'; about: 'message' | 'reminder' | 'hidden' | 'test' };

export const workerPath = '/service-worker.js';
