import type { ErrorCode, WireError } from '@confab/protocol';
import { wireErrorWith } from '@confab/protocol/error-codes.ts';

/**
 * - `refused`: the server said no; `wire` says why. Nothing was changed.
 * - `offline`: the server could not be asked. Nothing was changed.
 * - `unanswered`: asked, but the connection went before the answer came. It may or may not have happened ([C5]).
 * - `stopped`: the client was stopped or signed out before the answer came. It may or may not have happened.
 */
export type FailureKind = 'refused' | 'offline' | 'unanswered' | 'stopped';

/** What the client itself says of what went wrong. */
export const failureSentences: Readonly<Record<Exclude<FailureKind, 'refused'>, string>> = {
  offline: 'The server cannot be reached at the moment. Nothing was changed; try again.',
  unanswered:
    'The connection was lost before the answer came. It may or may not have happened; look before repeating it.',
  stopped: 'This was ended before the answer came. It may or may not have happened.',
};

/** What every method that asks the server rejects with. `message` is a sentence for a person. */
export class ConfabError extends Error {
  override readonly name = 'ConfabError';
  readonly kind: FailureKind;
  /** The server's error; `null` unless `kind` is `refused`. */
  readonly wire: WireError | null;

  constructor(failure: WireError | Exclude<FailureKind, 'refused'>) {
    super(typeof failure === 'string' ? failureSentences[failure] : failure.message);
    this.kind = typeof failure === 'string' ? failure : 'refused';
    this.wire = typeof failure === 'string' ? null : failure;
  }

  get code(): ErrorCode | null {
    return this.wire?.code ?? null;
  }
}

/** The wire form of a failure that happened on this device, where a screen expects a server's error. */
export function wireOf(error: unknown): WireError | null {
  return error instanceof ConfabError ? error.wire : null;
}

/** What is refused on this device, without asking the server. */
const refusals = {
  unauthenticated: 'Sign in first.',
  'not-found': 'There is nothing here by that address, or it is not yours to see.',
  'limit-reached': 'There may be at most {limit} {what}.',
  'file-too-large': 'A file may have at most {limit} here; this one has {size}.',
  'file-incomplete': 'This file has not arrived completely yet. Wait until it has been sent.',
  'file-damaged': 'What has arrived is not the file that was sent. Send it again.',
  'frame-too-large': 'A frame may have at most {limit} bytes.',
  'too-many-in-flight': 'Wait for answers before sending more: at most {limit} may be open.',
} as const satisfies Partial<Record<ErrorCode, string>>;

export function refusal(code: keyof typeof refusals, details?: Record<string, string | number>): ConfabError {
  return new ConfabError(wireErrorWith(refusals[code], code, details));
}
