import { type ErrorCode, type ErrorDetails, type WireError, wireErrorWith } from './error-codes.ts';
import type { LimitedThing } from './limited-things.ts';
import type { QuotaHolder } from './quota-holders.ts';
import type { RoomKindWord } from './room-kind-words.ts';

export * from './error-codes.ts';

/** What happened and what to do, for a person. `{name}` is filled from the error's details. No details hold a stack, SQL, a path or a secret ([X3]). */
export const errorSentences: Readonly<Record<ErrorCode, string>> = {
  malformed: 'This is not a frame of Confab’s protocol.',
  'frame-too-large': 'A frame may have at most {limit} bytes.',
  'unsupported-version': 'This client is too old or too new for this server. Reload or update it.',
  'unknown-command': 'There is no command named “{command}”.',
  'invalid-params': 'The value of {path} is not allowed: {problem}.',
  'foreign-origin': 'This page may not speak to this server.',
  unauthenticated: 'Sign in first.',
  'session-expired': 'This session has expired. Sign in again.',
  'session-revoked': 'This session was signed out. Sign in again.',
  'wrong-credentials': 'That name and password do not match an account here.',
  'account-disabled': 'This account has been switched off. Ask an admin.',
  forbidden: 'Your role here does not allow this.',
  'not-found': 'There is nothing here by that address, or it is not yours to see.',
  'text-empty': 'There is no text to send.',
  'search-empty': 'Say what to look for: a word, or a filter such as from:name.',
  'text-too-long': 'A message may have at most {limit} characters; this one has {length}.',
  'password-too-weak': 'Choose a password of at least {limit} characters that is not among the most common ones.',
  'handle-taken': 'The name “{handle}” belongs to someone else here. Choose another.',
  'emoji-name-taken': 'There is already an emoji named “{name}”. Choose another name.',
  'room-name-taken': 'There is already a room named “{name}”. Choose another name.',
  'peer-id-taken': 'The peer id “{peer}” is in use. Choose another.',
  'client-id-reused': 'This send was already made with other content.',
  'not-in-this-room': 'This cannot be done in a {kind}.',
  'not-accepted': 'This person does not take messages from you.',
  muted: 'You are muted here and cannot write: “{reason}”.',
  banned: 'You are banned from this space: “{reason}”.',
  'posting-closed': 'Only those who look after this room write in it.',
  'already-decided': 'Somebody else has decided this already.',
  'slow-mode': 'Slow mode is on in this room. Wait {seconds} s before you post again.',
  'word-refused': 'This space does not take messages with “{words}”. Say it in other words.',
  'room-archived': 'This room is archived: it can be read, not written.',
  'message-deleted': 'This message was deleted.',
  'poll-closed': 'This poll is closed: nobody can vote on it any more.',
  'invite-invalid': 'This invitation has expired, was used up or was withdrawn. Ask for a new one.',
  'link-invalid': 'This link was used already, has expired, or is not complete. Ask for a new one.',
  'mail-not-set-up': 'This server does not send mail. Whoever runs it can set that up.',
  'sign-up-closed': 'Accounts are made by invitation here. Ask a member for a link.',
  'already-set-up': 'This instance already has its owner. Sign in.',
  'not-set-up': 'This instance has no owner yet. Make the first account.',
  'last-owner': 'A space needs an owner. Make someone else an owner first.',
  'limit-reached': 'There may be at most {limit} {what}.',
  'time-out-of-range': 'Choose a time between now and a year from now.',
  'file-too-large': 'A file may have at most {limit} here; this one has {size}.',
  'quota-reached': 'There is no room left for this file: {whose} may have {limit} of files.',
  'file-refused': 'Files of this kind are not taken here: {type}.',
  'file-damaged': 'What has arrived is not the file that was sent. Send it again.',
  'file-infected': 'The virus scanner has found {signature} in this file, so it was not taken.',
  'file-incomplete': 'This file has not arrived completely yet. Wait until it has been sent.',
  'file-gone': 'A file of this message is not there any more. Attach it again.',
  'scanner-unavailable': 'Files cannot be checked for viruses at the moment. Try again in a while.',
  'storage-full': 'The server has no room left for files. Tell whoever runs it; messages still arrive.',
  'too-many-requests': 'That was too fast. Try again in a moment.',
  'too-many-in-flight': 'Wait for answers before sending more: at most {limit} may be open.',
  overloaded: 'The server is busy. Try again in a moment.',
  draining: 'The server is restarting. Try again in a moment.',
  'storage-unavailable': 'The server cannot store anything at the moment. Nothing was changed; try again.',
  internal: 'Something went wrong on the server. It has been logged; nothing was changed.',
};

/** Builds the wire form of an error. `details.retryAfterMs` moves to the field of that name. */
export function toWireError(code: ErrorCode, details: ErrorDetails = {}): WireError {
  return wireErrorWith(errorSentences[code], code, details);
}

/** What a refusal tells besides: words of a closed list where a screen says them in its own language. */
type RefusalDetails<Code extends ErrorCode> = Code extends 'limit-reached'
  ? Readonly<{ limit: number; what: LimitedThing }>
  : Code extends 'not-in-this-room'
    ? Readonly<{ kind: RoomKindWord }>
    : Code extends 'quota-reached'
      ? Readonly<{ whose: QuotaHolder; limit: number }>
      : ErrorDetails;

/** Thrown on the way of a command when it is refused. Expected: it goes to the asker and is not logged as a bug. */
export class Refusal<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: Code, details?: RefusalDetails<Code>) {
    super(code);
    this.code = code;
    this.details = details ?? {};
  }

  toWire(): WireError {
    return toWireError(this.code, this.details);
  }
}
