import type { BusMessage } from '@confab/engine';

export interface EncodedMessage {
  readonly text: string;
  /** In UTF-8. */
  readonly bytes: number;
}

/** An event that is better read from the log than carried. */
export function headOf(message: BusMessage): BusMessage {
  if (message.kind !== 'event') return message;
  const { log, epoch, seq, count } = message.event;
  return { kind: 'head', log, head: { epoch, seq, count } };
}

/** `undefined`: it is too large to be told to other nodes. An event that is too large is told as its log's head. */
export function encodeMessage(message: BusMessage, maxBytes: number): EncodedMessage | undefined {
  const text = JSON.stringify(message);
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return { text, bytes };
  return message.kind === 'event' ? encodeMessage(headOf(message), maxBytes) : undefined;
}
