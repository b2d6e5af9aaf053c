import { DatabaseUnavailable, Rollback } from './database.ts';
import { requireCloneable } from './require-cloneable.ts';

/** Why one script of a batch failed, in a form that crosses threads. */
export type Failure = { readonly index: number } & (
  | { readonly kind: 'rollback'; readonly reason: unknown }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string | undefined }
);

export function failureOf(index: number, error: unknown): Failure {
  if (error instanceof Rollback) {
    try {
      requireCloneable(error.reason);
      return { index, kind: 'rollback', reason: error.reason };
    } catch (bug) {
      return failureOf(index, bug);
    }
  }
  if (error instanceof DatabaseUnavailable) return { index, kind: 'unavailable', message: error.message };
  if (!(error instanceof Error))
    return { index, kind: 'error', name: 'Error', message: String(error), stack: undefined };
  return { index, kind: 'error', name: error.name, message: error.message, stack: error.stack };
}

/** The error that the caller of `write` or `read` is rejected with. */
export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'rollback':
      return new Rollback(failure.reason);
    case 'unavailable':
      return new DatabaseUnavailable(failure.message);
    case 'error': {
      const error = new Error(failure.message);
      error.name = failure.name;
      // Where the script failed, not where its answer was unpacked.
      if (failure.stack !== undefined) error.stack = failure.stack;
      return error;
    }
  }
}
