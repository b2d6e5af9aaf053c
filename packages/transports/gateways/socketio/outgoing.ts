import { postedMessage, type SharedEvent } from '../../session/index.ts';
import { textFrame } from '../../websocket/frame.ts';

/** An EVENT packet of Socket.IO, encoded; for WebSocket also as the frame that it goes in. */
export interface Packet {
  readonly text: string;
  /** Made when first needed: a client that polls has no use for it. */
  readonly frame: () => Buffer;
}

const headKey = {};
const sharedKey = {};

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

/** A packet of the gateway's own. */
export function ownPacket(namespace: string, ...args: readonly [string, ...unknown[]]): Packet {
  return packet(`2${prefixOf(namespace)}${JSON.stringify(args)}`);
}

/** Name and payload, up to where the offset goes. */
function headOf({ frame, text }: SharedEvent): string {
  const message = postedMessage(frame);
  return message === undefined ? `["${frame.event}",${text}` : `["message",${JSON.stringify(message)}`;
}

function prefixOf(namespace: string): string {
  return namespace === '/' ? '' : `${namespace},`;
}

function packet(text: string): Packet {
  let made: Buffer | undefined;
  return {
    text,
    // 4: a message of Engine.IO.
    frame: () => (made ??= textFrame(`4${text}`)),
  };
}
