import type { ErrorCode, MessageId, RoomId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { Transaction } from '../transaction.ts';

/** Every kind of thing that is done later, and what it has to know besides its subject. */
export interface JobData {
  'scheduled-message': null;
  /** Pages that a message links to. */
  previews: { readonly room: RoomId; readonly links: readonly string[] };
  /** Its subject is a message whose poll ends then. */
  'poll-close': null;
  /** Finds out for whom a message rings; people after `after` are left to be looked at. */
  notify: { readonly after: string };
  /** Its subject is a browser and what it is told of; `message`: `null` for a test. */
  push: { readonly message: MessageId | null; readonly reminder?: true; readonly tries: number };
  /** Its subject is whom it is for, and what. `tries`: how often the mail server did not take it. */
  mail: { readonly tries: number };
  reminder: { readonly user: UserId; readonly message: MessageId };
  /** Of messages that were posted before there was a search; from the one before `before` on, back to the first. `slices`: of them that are done. */
  'search-index': { readonly before?: MessageId; readonly slices?: number };
  /** The next piece of it, or its end when its time is over. Its subject is an export. */
  export: null;
  /** Of words that wait to be indexed. Its subject is a room in which something was posted. */
  'search-fresh': null;
  /** Looks into a file that has arrived. Its subject is the file. */
  'file-preview': null;
  /** Which of the slices of what is kept is looked through next. */
  'file-sweep': { readonly slice: number };
  /** Content that something does not have any more. Its subject is its hash. */
  'blob-drop': null;
}
export type JobKind = keyof JobData;

/** Something to be done later. There is at most one of a kind and subject. */
export interface Job<Data = unknown> {
  /** What it is about, as its kind names things. */
  readonly subject: string;
  readonly data: Data;
}

/**
 * How a kind of job is done, in one transaction together with the job's end: exactly once in effect, on whichever node.
 * What has to leave the database first is done by the node before (`packages/server/jobs`), at least once, and its
 * outcome is given to `run`.
 */
export interface JobHandler<Data> {
  /** How many ids `run` takes at most. */
  readonly ids?: number;
  /** Its outcome is who is online when it is done (`Online`). It has nothing to do outside. */
  readonly asksWhoIsOnline?: true;
  /** A thrown `Refusal` that cannot be otherwise tomorrow ends the job; any other error has it tried again. */
  run(tx: Transaction, job: Job<Data>, outcome: unknown): Step<void>;
  /** It was refused, or tried too often: it will not be done. */
  gaveUp?(tx: Transaction, job: Job<Data>, code: ErrorCode): Step<void>;
}

export type JobHandlers = { readonly [Kind in JobKind]: JobHandler<JobData[Kind]> };
