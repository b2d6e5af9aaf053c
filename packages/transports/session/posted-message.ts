import { type EventFrame, parseLogId, type RoomId, type UserId } from '@confab/protocol';

/** A posted message as gateways tell it: plain values, the same names in every foreign protocol. */
export interface PostedMessage {
  readonly id: string;
  readonly room: RoomId;
  /** Its place in the room's log: unique, ascending, without a gap among all of the log's events. */
  readonly seq: number;
  readonly epoch: number;
  readonly author: UserId | null;
  /** The id that its sender gave it; how a sender knows its own. */
  readonly clientId: string;
  readonly text: string;
  /** Unix milliseconds. */
  readonly at: number;
}

/** The message that an event tells of, or `undefined` for any other event. */
export function postedMessage(frame: EventFrame): PostedMessage | undefined {
  if (frame.event !== 'message.posted') return undefined;
  const { log, seq, epoch, by, at, data } = frame;
  // What was deleted since is told without its text ([L13]).
  return {
    id: data.id,
    room: parseLogId(log).id as RoomId,
    seq,
    epoch,
    author: by,
    clientId: data.clientId,
    text: data.text,
    at,
  };
}
