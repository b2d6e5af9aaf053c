/** The messages of the hub protocol, by the numbers that they have in both encodings. */
export const messageTypes = {
  invocation: 1,
  streamItem: 2,
  completion: 3,
  streamInvocation: 4,
  cancelInvocation: 5,
  ping: 6,
  close: 7,
  ack: 8,
  sequence: 9,
} as const;

export interface Invocation {
  readonly type: typeof messageTypes.invocation;
  /** `undefined`: nobody waits for an answer. */
  readonly invocationId?: string;
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly streamIds?: readonly string[];
}

export interface StreamInvocation {
  readonly type: typeof messageTypes.streamInvocation;
  readonly invocationId: string;
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly streamIds?: readonly string[];
}

export interface StreamItem {
  readonly type: typeof messageTypes.streamItem;
  readonly invocationId: string;
  readonly item: unknown;
}

export interface Completion {
  readonly type: typeof messageTypes.completion;
  readonly invocationId: string;
  /** At most one of the two; neither: there is nothing to answer. */
  readonly result?: unknown;
  readonly error?: string;
}

export interface CancelInvocation {
  readonly type: typeof messageTypes.cancelInvocation;
  readonly invocationId: string;
}

export interface Ping {
  readonly type: typeof messageTypes.ping;
}

export interface Close {
  readonly type: typeof messageTypes.close;
  readonly error?: string;
  readonly allowReconnect?: boolean;
}

/** `ack`: everything up to this number has arrived. `sequence`: the number of the next message that counts. */
export interface Numbered {
  readonly type: typeof messageTypes.ack | typeof messageTypes.sequence;
  readonly sequenceId: number;
}

export type HubMessage =
  | Invocation
  | StreamInvocation
  | StreamItem
  | Completion
  | CancelInvocation
  | Ping
  | Close
  | Numbered;

/** Messages that both sides number, keep until they are acknowledged, and repeat on a resumed connection. */
export function counts({ type }: Pick<HubMessage, 'type'>): boolean {
  return type <= messageTypes.cancelInvocation;
}

/** What was received is not in the protocol's form. The message says what is wrong, never what was received. */
export class NotInForm extends Error {
  override readonly name = 'NotInForm';
  /** Whether it is only too large. */
  readonly tooLarge: boolean;

  constructor(what: string, { tooLarge = false } = {}) {
    super(what);
    this.tooLarge = tooLarge;
  }
}
