import type { Failure } from '../failure.ts';

/** Scripts and their inputs side by side: cheaper to clone than a list of objects. */
export interface Batch {
  readonly scripts: readonly string[];
  readonly inputs: readonly unknown[];
}

/** One value per script of the batch; `undefined` stands where a failure names the index. */
export interface BatchReply {
  readonly values: readonly unknown[];
  readonly failures: readonly Failure[];
}
