import type { CloseReason } from './close-codes.ts';

interface ErrorRow {
  /** HTTP status of the same error (RFC 9110). */
  status: number;
  /** Whether the same request may succeed when repeated as it is. */
  retry: 'never' | 'later';
  /** Set when the error also ends the connection. */
  closes?: CloseReason;
  /** What happened and what to do, for a person. `{name}` is filled from the error's details. */
  sentence: string;
}

/**
 * Every error that Confab tells anyone, over every door ([X1]). A *violation* has `closes`; `internal` stands for a
 * bug; all others are refusals. Details never hold a stack, SQL, a path or a secret ([X3]).
 */
export const errors = {
  // the frame
  malformed: {
    status: 400,
    retry: 'never',
    closes: 'malformed',
    sentence: 'This is not a frame of Confab’s protocol.',
  },
  'frame-too-large': {
    status: 413,
    retry: 'never',
    closes: 'frame-too-large',
    sentence: 'A frame may have at most {limit} bytes.',
  },
  'unsupported-version': {
    status: 400,
    retry: 'never',
    closes: 'unsupported-version',
    sentence: 'This client is too old or too new for this server. Reload or update it.',
  },
  'unknown-command': { status: 404, retry: 'never', sentence: 'There is no command named “{command}”.' },
  'invalid-params': { status: 400, retry: 'never', sentence: 'The value of {path} is not allowed: {problem}.' },
  'foreign-origin': { status: 403, retry: 'never', sentence: 'This page may not speak to this server.' },
  // who is asking
  unauthenticated: { status: 401, retry: 'never', sentence: 'Sign in first.' },
  'session-expired': {
    status: 401,
    retry: 'never',
    closes: 'session-expired',
    sentence: 'This session has expired. Sign in again.',
  },
  'session-revoked': {
    status: 401,
    retry: 'never',
    closes: 'session-revoked',
    sentence: 'This session was signed out. Sign in again.',
  },
  'wrong-credentials': {
    status: 401,
    retry: 'never',
    sentence: 'That name and password do not match an account here.',
  },
  'account-disabled': { status: 403, retry: 'never', sentence: 'This account has been switched off. Ask an admin.' },
  forbidden: { status: 403, retry: 'never', sentence: 'Your role here does not allow this.' },
  'not-found': {
    status: 404,
    retry: 'never',
    sentence: 'There is nothing here by that address, or it is not yours to see.',
  },
  // what was asked
  'text-empty': { status: 400, retry: 'never', sentence: 'There is no text to send.' },
  'text-too-long': {
    status: 413,
    retry: 'never',
    sentence: 'A message may have at most {limit} characters; this one has {length}.',
  },
  'password-too-weak': {
    status: 400,
    retry: 'never',
    sentence: 'Choose a password of at least {limit} characters that is not among the most common ones.',
  },
  'handle-taken': {
    status: 409,
    retry: 'never',
    sentence: 'The name “{handle}” belongs to someone else here. Choose another.',
  },
  'room-name-taken': {
    status: 409,
    retry: 'never',
    sentence: 'There is already a room named “{name}”. Choose another name.',
  },
  'peer-id-taken': { status: 409, retry: 'never', sentence: 'The peer id “{peer}” is in use. Choose another.' },
  'client-id-reused': { status: 409, retry: 'never', sentence: 'This send was already made with other content.' },
  'room-archived': { status: 409, retry: 'never', sentence: 'This room is archived: it can be read, not written.' },
  'message-deleted': { status: 410, retry: 'never', sentence: 'This message was deleted.' },
  'invite-invalid': {
    status: 410,
    retry: 'never',
    sentence: 'This invitation has expired, was used up or was withdrawn. Ask for a new one.',
  },
  'sign-up-closed': {
    status: 403,
    retry: 'never',
    sentence: 'Accounts are made by invitation here. Ask a member for a link.',
  },
  'already-set-up': { status: 409, retry: 'never', sentence: 'This instance already has its owner. Sign in.' },
  'not-set-up': { status: 409, retry: 'never', sentence: 'This instance has no owner yet. Make the first account.' },
  'last-owner': { status: 409, retry: 'never', sentence: 'A space needs an owner. Make someone else an owner first.' },
  'limit-reached': { status: 409, retry: 'never', sentence: 'There may be at most {limit} {what}.' },
  // how much
  'too-many-requests': { status: 429, retry: 'later', sentence: 'That was too fast. Try again in a moment.' },
  'too-many-in-flight': {
    status: 429,
    retry: 'later',
    sentence: 'Wait for answers before sending more: at most {limit} may be open.',
  },
  overloaded: { status: 503, retry: 'later', sentence: 'The server is busy. Try again in a moment.' },
  draining: { status: 503, retry: 'later', sentence: 'The server is restarting. Try again in a moment.' },
  'storage-unavailable': {
    status: 503,
    retry: 'later',
    sentence: 'The server cannot store anything at the moment. Nothing was changed; try again.',
  },
  internal: {
    status: 500,
    retry: 'later',
    sentence: 'Something went wrong on the server. It has been logged; nothing was changed.',
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

/** Builds the wire form of an error. `details.retryAfterMs` moves to the field of that name. */
export function toWireError(code: ErrorCode, details: ErrorDetails = {}): WireError {
  const row = errorRow(code);
  const message = row.sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
  const { retryAfterMs, ...rest } = details;
  return {
    code,
    message,
    retry: row.retry,
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    ...(Object.keys(rest).length > 0 ? { details: rest } : {}),
  };
}

/** Thrown on the way of a command when it is refused. Expected: it goes to the asker and is not logged as a bug. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  toWire(): WireError {
    return toWireError(this.code, this.details);
  }
}
