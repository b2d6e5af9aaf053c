import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { LimitCase, LimitTarget } from './limit-case.ts';
import { RawHttp } from './raw-http.ts';

const patienceMs = 30_000;
const recordEnd = '\u001e';
const filled = (bytes: number) => 'x'.repeat(bytes);
const repeated = (count: number, text: string) => Array.from({ length: count }, () => text);

interface Talk {
  /** Below the server's address; TOKEN and ROOM stand for what they say. */
  readonly path: string;
  readonly protocol?: string;
  /** Said one after the other, without waiting for answers. */
  readonly says: readonly (string | Buffer)[];
}

/** Says it over a WebSocket and answers with how the connection ended. */
async function over({ url, token, room }: LimitTarget, { path, protocol, says }: Talk): Promise<string> {
  const given = (text: string) => text.replace('TOKEN', token).replace('ROOM', room);
  const socket = new WebSocket(`${url.replace('http', 'ws')}${given(path)}`, protocol ?? [], {
    perMessageDeflate: false,
    headers: { authorization: `Bearer ${token}` },
  });
  const ended = once(socket, 'close').then(([code]) => `closed ${code}`);
  // Who is cut off while still sending may find the connection reset, which says no less.
  socket.on('error', () => {});
  await once(socket, 'open');
  for (const each of says) socket.send(typeof each === 'string' ? given(each) : each);
  const outcome = await within(ended);
  socket.terminate();
  return outcome;
}

/** Says it to MQTT's own port and answers with the last packet's type and reason, or `cut`. */
async function overMqtt({ mqttPort }: LimitTarget, ...says: readonly Buffer[]): Promise<string> {
  const socket = connect(mqttPort, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard = `${heard}${chunk.toString('hex')}`.slice(-128);
  });
  socket.on('error', () => {});
  const ended = once(socket, 'close').then(() => (heard === '' ? 'cut' : `said ${heard}`));
  for (const each of says) socket.write(each);
  const outcome = await within(ended);
  socket.destroy();
  return outcome;
}

async function within(ended: Promise<string>): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve('still open'), patienceMs);
  const outcome = await Promise.race([ended, promise]);
  clearTimeout(timer);
  return outcome;
}

/** An MQTT packet: its first byte, its length in MQTT's variable form, and what follows. */
function mqttPacket(first: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let rest = body.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.concat([Buffer.of(first, ...length), body]);
  }
}

const mqttText = (text: string) => Buffer.concat([Buffer.of(text.length >> 8, text.length & 255), Buffer.from(text)]);
const mqttHead = Buffer.concat([mqttText('MQTT'), Buffer.of(5, 0xc2, 0, 60, 0)]);
const mqttConnect = ({ token }: LimitTarget) =>
  mqttPacket(0x10, mqttHead, mqttText(randomUUID()), mqttText('token'), mqttText(token));

const socketIo = '/socket.io/?EIO=4&transport=websocket';
const graphql = { path: '/graphql', protocol: 'graphql-transport-ws' };
const hub = '/signalr?access_token=TOKEN';
const peer = () => `/peerjs/peerjs?key=peerjs&id=${randomUUID()}&token=t`;
const hubHandshake = `{"protocol":"json","version":1}${recordEnd}`;

const post = (path: string, length: number, type = 'application/json', body = '') =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nConnection: close\r\n`.concat(
    `Authorization: Bearer TOKEN\r\n\r\n${body}`,
  );

const asked = ({ url, token }: LimitTarget, text: string) => new RawHttp(url).ask(text.replace('TOKEN', token));
const dripped = ({ url, token }: LimitTarget, text: string) =>
  new RawHttp(url).drip(text.replace('TOKEN', token), ' ', 1_000, 120_000);

/** The path of a webhook made for it. */
async function webhook({ url, token, room }: LimitTarget): Promise<string> {
  const answer = await fetch(`${url}/api/v1/rooms/${room}/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'limits' }),
  });
  return `/hooks/${room}/${((await answer.json()) as { token: string }).token}`;
}

/** What goes over its bound at the gateways, and how each is answered in its own protocol. */
export const gatewayCases: readonly LimitCase[] = [
  {
    name: 'Socket.IO: a packet that is too large',
    expected: 'closed 1009',
    run: (target) => over(target, { path: socketIo, says: [`42${filled(300_000)}`] }),
  },
  {
    name: 'Socket.IO: more packets than anyone has to say',
    expected: /^closed (1005|1006)$/,
    run: (target) => over(target, { path: socketIo, says: ['40{"token":"TOKEN"}', ...repeated(6_000, '42["cue"]')] }),
  },
  {
    name: 'Socket.IO: nested 100,000 deep',
    expected: /^closed (1005|1006)$/,
    run: (target) => over(target, { path: socketIo, says: [`40${'['.repeat(100_000)}`] }),
  },
  {
    name: 'Socket.IO: nobody who signs in',
    expected: /^closed (1005|1006|1000)$/,
    slow: true,
    run: (target) => over(target, { path: socketIo, says: [] }),
  },
  {
    name: 'SignalR: a message that is too large',
    expected: /^closed (1009|1000|1006)$/,
    run: (target) => over(target, { path: hub, says: [hubHandshake, `${filled(2_000_000)}${recordEnd}`] }),
  },
  {
    name: 'SignalR: a handshake that never ends',
    expected: 'closed 4002',
    run: (target) => over(target, { path: hub, says: repeated(40, filled(65_536)) }),
  },
  {
    name: 'SignalR: no handshake',
    expected: 'closed 4001',
    slow: true,
    run: (target) => over(target, { path: hub, says: [] }),
  },
  {
    name: 'SignalR: a body that takes for ever',
    expected: /^(HTTP \d+|cut)$/,
    slow: true,
    run: (target) => dripped(target, post('/signalr/negotiate?negotiateVersion=1', 1_000)),
  },
  {
    name: 'GraphQL: a body that is too large',
    expected: 'HTTP 413',
    run: (target) => asked(target, post('/graphql', 300_000, 'application/json', filled(300_000))),
  },
  {
    name: 'GraphQL: a body that takes for ever',
    expected: /^(HTTP 4\d\d|cut)$/,
    slow: true,
    run: (target) => dripped(target, post('/graphql', 1_000)),
  },
  {
    name: 'GraphQL: a subscription before signing in',
    expected: 'closed 4401',
    run: (target) =>
      over(target, {
        ...graphql,
        says: ['{"id":"1","type":"subscribe","payload":{"query":"{ home { me { id } } }"}}'],
      }),
  },
  {
    name: 'GraphQL: a message that is too large',
    expected: /^closed (1009|4400)$/,
    run: (target) => over(target, { ...graphql, says: [`{"type":"ping","payload":{"x":"${filled(300_000)}"}}`] }),
  },
  {
    name: 'GraphQL: nobody who signs in',
    expected: 'closed 4408',
    slow: true,
    run: (target) => over(target, { ...graphql, says: [] }),
  },
  {
    name: 'MQTT: a CONNECT that is too large',
    expected: /^(cut|said 20..(00)?95.*)$/,
    run: (target) => overMqtt(target, mqttPacket(0x10, mqttHead, Buffer.alloc(100_000))),
  },
  {
    name: 'MQTT: a packet that is too large',
    expected: /^said .*e0..?95.*$/,
    run: (target) => overMqtt(target, mqttConnect(target), mqttPacket(0x30, mqttText('a/b'), Buffer.alloc(300_000))),
  },
  {
    name: 'MQTT: a length of five bytes',
    expected: /^(cut|said 20.*81.*)$/,
    run: (target) => overMqtt(target, Buffer.of(0x10, 0xff, 0xff, 0xff, 0xff, 0x7f)),
  },
  {
    name: 'MQTT: nobody who connects',
    expected: 'cut',
    slow: true,
    run: (target) => overMqtt(target),
  },
  {
    name: 'PeerJS: a message that is too large',
    expected: 'closed 1009',
    run: (target) => over(target, { path: peer(), says: [filled(140_000)] }),
  },
  {
    name: 'PeerJS: more messages than anyone has to say',
    expected: /^closed (4\d\d\d|1006)$/,
    run: (target) => over(target, { path: peer(), says: repeated(6_000, '{"type":"HEARTBEAT"}') }),
  },
  {
    name: 'a webhook’s body that is too large',
    expected: 'HTTP 413',
    run: async (target) => asked(target, post(await webhook(target), 10_000_000, 'application/json', '{')),
  },
  {
    name: 'a webhook’s body that takes for ever',
    expected: /^(HTTP 4\d\d|cut)$/,
    slow: true,
    run: async (target) => dripped(target, post(await webhook(target), 1_000)),
  },
];
