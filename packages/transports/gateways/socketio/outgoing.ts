import type { EventFrame } from '@confab/protocol';
import { postedMessage, type SharedEvent } from '../../session/index.ts';
import { textFrame } from '../../websocket/frame.ts';
import { argumentsOf, isOwnName } from './broadcast.ts';

/** An EVENT packet of Socket.IO, encoded; for WebSocket also as the frame that it goes in. */
export interface Packet {
  readonly text: string;
  /** Made when first needed: a client that polls has no use for it. */
  readonly frame: () => Buffer;
  /** The pieces of a BINARY_EVENT, which follow it. */
  readonly attachments: readonly Buffer[];
}

const headKey = {};
const sharedKey = {};
const broadcastKey = {};

/**
 * An event as a packet of a namespace: `message` with a `PostedMessage`, everything else under its own name with its
 * whole frame. `offset` is the last argument, as the client's library expects it of events that it can recover.
 */
export function eventPacket(event: SharedEvent, namespace: string, offset: string | undefined): Packet {
  const head = event.once(headKey, headOf);
  const tail = offset === undefined ? ']' : `,"${offset}"]`;
  return packet(`2${prefixOf(namespace)}${head}${tail}`);
}

/** What `make` makes of an event, once for all sockets whose packet of it is the same: those with the same `key`. */
export function sharedEventPacket(event: SharedEvent, key: string, make: () => Packet): Packet {
  const packets = event.once(sharedKey, () => new Map<string, Packet>());
  let made = packets.get(key);
  if (made === undefined) {
    made = make();
    packets.set(key, made);
  }
  return made;
}

/**
 * What somebody told the room under a name of their own, as an event of that name: their arguments, and behind them
 * who it was. Names that would mean something else to the client are told as what they are, a `broadcast.sent`.
 */
export function broadcastPacket(event: SharedEvent, frame: BroadcastSent, namespace: string): Packet {
  if (!isOwnName(frame.data.name)) return eventPacket(event, namespace, undefined);
  const { json, attachments } = event.once(broadcastKey, () => broadcastOf(frame));
  const type = attachments.length === 0 ? '2' : `5${attachments.length}-`;
  return packet(`${type}${prefixOf(namespace)}${json}`, attachments);
}

/** A packet of the gateway's own. */
export function ownPacket(namespace: string, ...args: readonly [string, ...unknown[]]): Packet {
  return packet(`2${prefixOf(namespace)}${JSON.stringify(args)}`);
}

/** Name and payload, up to where the offset goes. */
function headOf({ frame, text }: SharedEvent): string {
  const message = postedMessage(frame);
  return message === undefined ? `["${frame.event}",${text}` : `["message",${JSON.stringify(message)}`;
}

type BroadcastSent = Extract<EventFrame, { event: 'broadcast.sent' }>;

function broadcastOf({ log, data }: BroadcastSent): { json: string; attachments: readonly Buffer[] } {
  const { args, attachments } = argumentsOf(data.payload);
  const by = { room: log?.slice('room:'.length), user: data.user };
  return { json: JSON.stringify([data.name, ...args, by]), attachments };
}

function prefixOf(namespace: string): string {
  return namespace === '/' ? '' : `${namespace},`;
}

function packet(text: string, attachments: readonly Buffer[] = []): Packet {
  let made: Buffer | undefined;
  return {
    text,
    attachments,
    // 4: a message of Engine.IO.
    frame: () => (made ??= textFrame(`4${text}`)),
  };
}
