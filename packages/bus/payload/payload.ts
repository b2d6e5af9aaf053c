import type { BusMessage } from '@confab/engine';
import { isBusMessage } from './bus-message-shapes.ts';

/** What travels: one JSON object, `{"from":"<node>","messages":[…]}`. The node comes first: see `isFrom`. */
const opening = (node: string): string => `{"from":${JSON.stringify(node)},"messages":[`;
const closing = ']}';

/** Tells nothing to anyone, and that it can be sent. */
export const emptyPayload = (node: string): string => opening(node) + closing;

/** Whether this node has sent it: told without reading it. */
export const isFrom = (node: string, payload: string): boolean => payload.startsWith(opening(node));

/** Messages on their way into payloads of at most `maxBytes` UTF-8 bytes each, in their order. */
export class PayloadWriter {
  readonly #opening: string;
  readonly #maxBytes: number;
  readonly #frameBytes: number;
  #messages: string[] = [];
  #bytes = 0;

  constructor(node: string, maxBytes: number) {
    this.#opening = opening(node);
    this.#maxBytes = maxBytes;
    this.#frameBytes = Buffer.byteLength(this.#opening) + closing.length;
    this.#bytes = this.#frameBytes;
  }

  /** UTF-8 bytes that a single message may have. */
  get roomBytes(): number {
    return this.#maxBytes - this.#frameBytes;
  }

  /** How many are in the payload that is not finished. */
  get messages(): number {
    return this.#messages.length;
  }

  /** Takes an encoded message; answers with the payload before it when the two do not fit into one. */
  add(message: string, bytes: number): string | undefined {
    const isFull = this.#messages.length > 0 && this.#bytes + 1 + bytes > this.#maxBytes;
    const full = isFull ? this.finish() : undefined;
    this.#bytes += bytes + (this.#messages.length > 0 ? 1 : 0);
    this.#messages.push(message);
    return full;
  }

  /** The payload of what was added since the last; `undefined` when that is nothing. */
  finish(): string | undefined {
    if (this.#messages.length === 0) return undefined;
    const payload = `${this.#opening}${this.#messages.join(',')}${closing}`;
    this.#messages = [];
    this.#bytes = this.#frameBytes;
    return payload;
  }
}

/** What others sent. `unknown`: how many messages of kinds or shapes that this node does not know were left out. */
export interface ReadPayload {
  readonly from: string;
  readonly messages: readonly BusMessage[];
  readonly unknown: number;
}

/** Whoever else writes to the channel may write anything: what is no payload gives `undefined`. Never throws. */
export function readPayload(payload: string, maxChars: number): ReadPayload | undefined {
  if (payload.length > maxChars) return undefined;
  const read = parsed(payload);
  if (typeof read !== 'object' || read === null) return undefined;
  const { from, messages } = read as { from?: unknown; messages?: unknown };
  if (typeof from !== 'string' || !Array.isArray(messages)) return undefined;
  const known = messages.filter(isBusMessage);
  return { from, messages: known, unknown: messages.length - known.length };
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
