import { commandAsked } from '../commands-asked.ts';
import type { Fuzz } from '../fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from '../fuzzed-door.ts';
import { webSocket } from '../requests.ts';

type Part = number | string | Buffer;

const bytes = (...parts: Part[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part as Buffer))));

/** A text or binary with its length before it. */
const sized = (value: string | Buffer): Buffer => {
  const body = Buffer.from(value as Buffer);
  return bytes(body.length >> 8, body.length & 0xff, body);
};

function packet(first: number, ...parts: Part[]): Buffer {
  const body = bytes(...parts);
  const length: number[] = [];
  for (let rest = body.length; ; rest = rest >> 7) {
    if (rest < 0x80) return bytes(first, ...length, rest, body);
    length.push((rest & 0x7f) | 0x80);
  }
}

/** A session that is not kept, signed in by a token. */
function connectPacket(fuzz: Fuzz, { token }: FuzzTarget, version: 4 | 5): Buffer {
  const properties = version === 5 ? bytes(0) : bytes();
  const clientId = sized(`fuzz-${fuzz.below(1e9)}`);
  return packet(0x10, sized('MQTT'), version, 0xc2, 0, 60, properties, clientId, sized('token'), sized(token));
}

function anyPacket(fuzz: Fuzz, target: FuzzTarget, version: 4 | 5): Buffer {
  const { command, params } = commandAsked(fuzz, target);
  const id = Buffer.from([fuzz.below(4), 1 + fuzz.below(200)]);
  const none = version === 5 ? bytes(0) : bytes();
  const topics = [
    `rooms/${target.room}/messages`,
    `rooms/${target.room}/typing`,
    'people/me/presence',
    '$SYS/x',
    '#',
    '',
  ];
  const filters = [
    `rooms/${target.room}/#`,
    'rooms/+/messages',
    '#',
    'inbox/events',
    'answers/#',
    'a/#/b',
    '$share/a/b',
  ];
  const payload = fuzz.pick([JSON.stringify({ text: 'of the fuzz', clientId: 'again' }), 'true', 'online', '']);
  const made = [
    () => packet(0x30, sized(`commands/${command}`), none, JSON.stringify(params)),
    () => packet(0x32, sized(`commands/${command}/x`), id, none, JSON.stringify(params)),
    () => packet(0x32 | (fuzz.below(2) * 8), sized(fuzz.pick(topics)), id, none, payload),
    () => packet(0x34, sized(fuzz.pick(topics)), id, none, payload),
    () => packet(0x62, id),
    () => packet(0x40, id),
    () => packet(0x50, id),
    () => packet(0x82, id, none, sized(fuzz.pick(filters)), fuzz.below(3)),
    () => packet(0xa2, id, none, sized(fuzz.pick(filters))),
    () => packet(0xc0),
  ];
  // What nobody waits for, and topics that there are not, may end the connection: seldom.
  return fuzz.pick(fuzz.seldom(6) ? made : made.slice(0, 2))();
}

const overTcp: FuzzedDoor = {
  name: 'MQTT over TCP',
  converse(target, fuzz) {
    const version = fuzz.pick([4, 5] as const);
    return {
      port: target.mqttPort,
      opening: [fuzz.sometimesBroken(connectPacket(fuzz, target, version), 15)],
      probe: packet(0xc0),
      farewell: packet(0xe0),
      frame: () => fuzz.sometimesBroken(anyPacket(fuzz, target, version), 40),
    };
  },
};

const overWebSocket: FuzzedDoor = {
  name: 'MQTT over WebSocket',
  converse(target, fuzz) {
    const version = fuzz.pick([4, 5] as const);
    const headers = { 'Sec-WebSocket-Protocol': 'mqtt' };
    const hello = [connectPacket(fuzz, target, version)];
    return webSocket(fuzz, { path: '/mqtt', headers, hello }, () => {
      const made = anyPacket(fuzz, target, version);
      // Where a packet ends has nothing to do with where a message does.
      return fuzz.oneIn(10) ? Buffer.concat([made, anyPacket(fuzz, target, version)]) : made;
    });
  },
};

export const mqttDoors: readonly FuzzedDoor[] = [overTcp, overWebSocket];
