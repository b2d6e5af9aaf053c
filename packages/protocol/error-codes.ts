import type { CloseReason } from './close-codes.ts';
import { sizeWords } from './size-words.ts';

interface ErrorRow {
  /** HTTP status of the same error (RFC 9110). */
  status: number;
  /** Whether the same request may succeed when repeated as it is. */
  retry: 'never' | 'later';
  /** Set when the error also ends the connection. */
  closes?: CloseReason;
  /** Details that are numbers of bytes, which people are told in larger units. */
  sizes?: readonly string[];
}

/**
 * Every error that Confab tells anyone, over every door ([X1]). A *violation* has `closes`; `internal` stands for a
 * bug; all others are refusals. What each tells a person is in `errors.ts`: apart, because a page needs to be small.
 */
export const errors = {
  // the frame
  malformed: {
    status: 400,
    retry: 'never',
    closes: 'malformed',
  },
  'frame-too-large': {
    status: 413,
    retry: 'never',
    closes: 'frame-too-large',
  },
  'unsupported-version': {
    status: 400,
    retry: 'never',
    closes: 'unsupported-version',
  },
  'unknown-command': { status: 404, retry: 'never' },
  'invalid-params': { status: 400, retry: 'never' },
  'foreign-origin': { status: 403, retry: 'never' },
  // who is asking
  unauthenticated: { status: 401, retry: 'never' },
  'session-expired': {
    status: 401,
    retry: 'never',
    closes: 'session-expired',
  },
  'session-revoked': {
    status: 401,
    retry: 'never',
    closes: 'session-revoked',
  },
  'wrong-credentials': {
    status: 401,
    retry: 'never',
  },
  'account-disabled': { status: 403, retry: 'never' },
  forbidden: { status: 403, retry: 'never' },
  'not-found': {
    status: 404,
    retry: 'never',
  },
  // what was asked
  'text-empty': { status: 400, retry: 'never' },
  'search-empty': { status: 400, retry: 'never' },
  'text-too-long': {
    status: 413,
    retry: 'never',
  },
  'password-too-weak': {
    status: 400,
    retry: 'never',
  },
  'handle-taken': {
    status: 409,
    retry: 'never',
  },
  'emoji-name-taken': { status: 409, retry: 'never' },
  'room-name-taken': {
    status: 409,
    retry: 'never',
  },
  'peer-id-taken': { status: 409, retry: 'never' },
  'client-id-reused': { status: 409, retry: 'never' },
  'not-in-this-room': { status: 409, retry: 'never' },
  'not-accepted': { status: 403, retry: 'never' },
  muted: { status: 403, retry: 'never' },
  banned: { status: 403, retry: 'never' },
  'posting-closed': { status: 403, retry: 'never' },
  'already-decided': { status: 409, retry: 'never' },
  'slow-mode': { status: 429, retry: 'later' },
  'word-refused': { status: 400, retry: 'never' },
  'room-archived': { status: 409, retry: 'never' },
  'message-deleted': { status: 410, retry: 'never' },
  'poll-closed': { status: 409, retry: 'never' },
  'invite-invalid': {
    status: 410,
    retry: 'never',
  },
  'link-invalid': { status: 410, retry: 'never' },
  'mail-not-set-up': { status: 409, retry: 'never' },
  'sign-up-closed': {
    status: 403,
    retry: 'never',
  },
  'already-set-up': { status: 409, retry: 'never' },
  'not-set-up': { status: 409, retry: 'never' },
  'last-owner': { status: 409, retry: 'never' },
  'limit-reached': { status: 409, retry: 'never' },
  'time-out-of-range': { status: 400, retry: 'never' },
  // files
  'file-too-large': { status: 413, retry: 'never', sizes: ['limit', 'size'] },
  'quota-reached': { status: 413, retry: 'never', sizes: ['limit'] },
  'file-refused': { status: 415, retry: 'never' },
  'file-damaged': { status: 422, retry: 'never' },
  'file-infected': { status: 422, retry: 'never' },
  'file-incomplete': { status: 409, retry: 'never' },
  'file-gone': { status: 410, retry: 'never' },
  'scanner-unavailable': { status: 503, retry: 'later' },
  'storage-full': { status: 507, retry: 'later' },
  // how much
  'too-many-requests': { status: 429, retry: 'later' },
  'too-many-in-flight': {
    status: 429,
    retry: 'later',
  },
  overloaded: { status: 503, retry: 'later' },
  draining: { status: 503, retry: 'later' },
  'storage-unavailable': {
    status: 503,
    retry: 'later',
  },
  internal: {
    status: 500,
    retry: 'later',
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errors;

export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as it goes over the wire, in a reply or an HTTP body (`{ "error": WireError }`). */
export interface WireError {
  code: ErrorCode;
  /** The sentence, with its details filled in. In English; a screen translates by `code` and `details`. */
  message: string;
  retry: 'never' | 'later';
  /** Milliseconds to wait before trying again; only with `retry: 'later'`. */
  retryAfterMs?: number;
  details?: ErrorDetails;
}

export function errorRow(code: ErrorCode): ErrorRow {
  return errors[code];
}

/** The details as they are said in a language (BCP 47): `4.3 GB` where the wire has bytes. */
export function detailsAsSaid(code: ErrorCode, details: ErrorDetails, locale: string): ErrorDetails {
  const said = (errorRow(code).sizes ?? []).flatMap((name): [string, string][] => {
    const bytes = details[name];
    return typeof bytes === 'number' ? [[name, sizeWords(bytes, locale)]] : [];
  });
  return said.length === 0 ? details : { ...details, ...Object.fromEntries(said) };
}

/** The wire form of an error with this sentence. `details.retryAfterMs` moves to the field of that name. */
export function wireErrorWith(sentence: string, code: ErrorCode, details: ErrorDetails = {}): WireError {
  const said = detailsAsSaid(code, details, 'en');
  const message = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(said[name] ?? '?'));
  const { retryAfterMs, ...rest } = details;
  return {
    code,
    message,
    retry: errorRow(code).retry,
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    ...(Object.keys(rest).length > 0 ? { details: rest } : {}),
  };
}
