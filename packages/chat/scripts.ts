import type { SessionId, UserId } from '@confab/protocol';
import { type ErrorCode, type ErrorDetails, Refusal } from '@confab/protocol/errors.ts';
import { Rollback, type Script, type Scripts, type Step } from '@confab/storage';
import { reach, reachUser, sessionStands } from './access.ts';
import {
  credentialsByHandle,
  credentialsOf,
  isSetUp,
  sessionByTokenHash,
  setAccountDisabled,
  touch,
} from './accounts/index.ts';
import type { Actor } from './actor.ts';
import { consequences } from './consequences.ts';
import type { Effects } from './effects.ts';
import {
  announcedFile,
  awaitedFile,
  type BlobClaim,
  claimBlobs,
  doomBlob,
  expectedFiles,
  fileToPreview,
  roomOfFile,
  unknownBlobs,
} from './files/index.ts';
import { importScripts } from './import/index.ts';
import { jobHandlers } from './job-handlers.ts';
import { jobScripts } from './jobs/index.ts';
import { confirmHead } from './logs/confirm-head.ts';
import { logHeads, mayListen, readLog } from './logs/log-queries.ts';
import { addresseeOf, issueLink } from './mail/index.ts';
import { messageParts } from './message-parts.ts';
import { roomOfMessage } from './messages/index.ts';
import { forgetNode, knownNodes, renewNode, sharedSecret } from './nodes/index.ts';
import { nextDigest, nextPush } from './notifications/index.ts';
import type { Context, Operation, OperationName } from './operation.ts';
import { operations } from './operations.ts';
import { setLastSeen } from './presence/index.ts';
import { revocationsSince } from './revocation-store.ts';
import { usableInvite } from './spaces/index.ts';
import { hashToken } from './tokens.ts';
import { Transaction } from './transaction.ts';

/**
 * Everything that runs beside the database. A worker thread imports this file: nothing heavy (no password hashing, no
 * schema library) may come in from here, which is why slices import values of the protocol by their file.
 */

export interface OperationInput {
  readonly actor: Actor | null;
  readonly params: unknown;
  readonly prepared: unknown;
  /** Unix milliseconds. */
  readonly now: number;
  readonly ids: readonly string[];
}

export interface OperationOutput {
  readonly result: unknown;
  readonly effects: Effects;
  /** When the first of the jobs that it scheduled is due (Unix ms). */
  readonly wakeAt?: number;
}

/** The reason of the `Rollback` that a refusal becomes on its way out of the transaction. */
export interface RefusedBecause {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

function asRollback(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  return new Rollback({ code: error.code, details: error.details } satisfies RefusedBecause);
}

/** Authorises and runs one operation: the same transaction sees who may and does what they asked. */
function scriptOf(operation: Operation<OperationName>): Script {
  return function* (input: OperationInput): Step<OperationOutput> {
    const tx = new Transaction(input.now, input.ids, consequences, messageParts);
    try {
      const reached = yield* reach(operation.access, input.actor, input.params, input.now);
      const context = { actor: input.actor, reached, prepared: input.prepared, tx };
      const result = yield* operation.run(
        context as Context<OperationName, typeof operation.access>,
        input.params as never,
      );
      const effects = yield* tx.conclude();
      return tx.firstWake === undefined ? { result, effects } : { result, effects, wakeAt: tx.firstWake };
    } catch (error) {
      throw asRollback(error);
    }
  };
}

const begin = (now: number, ids: readonly string[]) => new Transaction(now, ids, consequences, messageParts);

/** What the main thread asks besides operations. */
const queries = {
  'sessions.by-token': (tokenHash: string) => sessionByTokenHash(tokenHash),
  'sessions.touch': (input: { session: SessionId; now: number }) => touch(input.session, input.now),
  'credentials.by-handle': (handle: string) => credentialsByHandle(handle),
  *'credentials.of'(input: { actor: Actor; now: number }) {
    try {
      yield* reachUser(input.actor, input.now);
    } catch (error) {
      throw asRollback(error);
    }
    return yield* credentialsOf(input.actor.user);
  },
  'sessions.stand': sessionStands,
  'revocations.since': revocationsSince,
  'instance.is-set-up': () => isSetUp(),
  *'invites.is-usable'(input: { token: string; now: number }) {
    return (yield* usableInvite(hashToken(input.token), input.now)) !== undefined;
  },
  *'accounts.set-disabled'(input: { user: UserId; disabled: boolean; now: number }): Step<OperationOutput> {
    const tx = new Transaction(input.now, [], consequences, messageParts);
    try {
      yield* setAccountDisabled(tx, input);
    } catch (error) {
      throw asRollback(error);
    }
    return { result: {}, effects: yield* tx.conclude() };
  },
  'messages.room-of': roomOfMessage,
  'files.room-of': roomOfFile,
  *'files.awaited'(input: Parameters<typeof awaitedFile>[0]) {
    try {
      return yield* awaitedFile(input);
    } catch (error) {
      throw asRollback(error);
    }
  },
  'files.announced': announcedFile,
  'files.to-preview': fileToPreview,
  'files.expected': expectedFiles,
  'files.unknown': unknownBlobs,
  *'files.claim'(claim: BlobClaim) {
    try {
      yield* claimBlobs(claim);
    } catch (error) {
      throw asRollback(error);
    }
  },
  'files.doom': doomBlob,
  'people.seen': (input: { user: UserId; at: number }) => setLastSeen(input.user, input.at),
  'nodes.renew': renewNode,
  'nodes.known': knownNodes,
  'nodes.forget': forgetNode,
  'nodes.secret': sharedSecret,
  'push.next': nextPush,
  'mail.issue-link': issueLink,
  'mail.addressee': (user: UserId) => addresseeOf(user),
  'mail.next-digest': nextDigest,
  'logs.audible': mayListen,
  'logs.heads': logHeads,
  'logs.confirm-head': confirmHead,
  'logs.read': readLog,
  ...jobScripts(jobHandlers, begin, asRollback),
  ...importScripts(begin),
} as const satisfies Scripts;

export type QueryName = keyof typeof queries;

export const scripts: Scripts = {
  ...queries,
  ...Object.fromEntries(Object.values(operations).map((row) => [row.name, scriptOf(row as Operation<OperationName>)])),
};
