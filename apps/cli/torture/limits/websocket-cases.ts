import { randomUUID } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';
import { limits } from '@confab/protocol';
import { opcodes } from '../../load/websocket-frames.ts';
import type { LimitCase } from './limit-case.ts';
import { RawWebSocket } from './raw-websocket.ts';

const frameBytes = 256 * 1024;
const filled = (bytes: number) => Buffer.alloc(bytes, 0x20);
const ping = (id: number) => JSON.stringify({ id, command: 'connection.ping', params: {} });
/** Made once: it takes longer to make than to refuse. */
const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
const deflate = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };
const rsv1 = 0x40;

const opened = async (url: string, token: string, headers = {}) => (await RawWebSocket.open(url, headers)).hello(token);

/** What goes over its bound on the WebSocket door, and how each is answered. */
export const websocketCases: readonly LimitCase[] = [
  {
    name: 'a frame of one byte too many',
    expected: 'closed 1009',
    run: async ({ url, token }) => (await opened(url, token)).frame(opcodes.text, filled(frameBytes + 1)).end(),
  },
  {
    name: 'a frame that is too large before hello',
    expected: 'closed 1009',
    run: async ({ url }) => (await RawWebSocket.open(url)).frame(opcodes.text, filled(frameBytes + 1)).end(),
  },
  {
    name: 'fragments that together are too large',
    expected: 'closed 1009',
    run: async ({ url, token }) => {
      const socket = await opened(url, token);
      socket.frame(opcodes.text, filled(100_000), false);
      for (let index = 0; index < 3; index += 1) socket.frame(opcodes.continuation, filled(100_000), false);
      return socket.end();
    },
  },
  {
    name: 'fragments without end and without content',
    expected: /^closed (1008|4002|1009)$/,
    run: async ({ url, token }) => {
      const socket = await opened(url, token);
      socket.frame(opcodes.text, filled(0), false);
      for (let index = 0; index < 5_000; index += 1) socket.frame(opcodes.continuation, filled(0), false);
      return socket.end();
    },
  },
  {
    name: 'a compression bomb of 64 MiB',
    expected: 'closed 1009',
    run: async ({ url, token }) => {
      const socket = await opened(url, token, deflate);
      return socket.frame(opcodes.text, bomb, true, rsv1).end();
    },
  },
  {
    name: 'JSON nested 100,000 deep',
    expected: /^(refused (invalid-params|malformed)|closed 4002)$/,
    run: async ({ url, token }) => {
      const socket = await opened(url, token);
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const answer = await socket.send(`{"id":1,"command":"connection.ping","params":{"deep":${deep}}}`).answer(1);
      socket.destroy();
      return answer;
    },
  },
  {
    name: 'more logs in one command than allowed',
    expected: 'refused invalid-params',
    run: async ({ url, token }) => {
      const socket = await opened(url, token);
      const answer = await socket.send(listenTo(1, limits.logsPerCommand + 1)).answer(1);
      socket.destroy();
      return answer;
    },
  },
  {
    name: 'more unanswered commands than allowed',
    expected: 'refused too-many-in-flight',
    run: async ({ url, token, room }) => {
      const socket = await opened(url, token);
      const reads = Array.from({ length: 300 }, (_, index) =>
        JSON.stringify({ id: index + 1, command: 'room.show', params: { room } }),
      );
      socket.send(reads.join('\n'));
      for (let id = 1; id <= reads.length; id += 1) await socket.answer(id);
      socket.destroy();
      return socket.refusals('too-many-in-flight') > 0 ? 'refused too-many-in-flight' : 'all accepted';
    },
  },
  {
    name: 'a flood of commands',
    expected: 'closed 4010',
    run: async ({ url, token }) => {
      const socket = await opened(url, token);
      for (let id = 1; id <= 20_000; id += 1) socket.send(ping(id));
      return socket.end();
    },
  },
  {
    name: 'a flood of commands in one message',
    expected: /^closed (4010|4002)$/,
    run: async ({ url, token }) => {
      const socket = await opened(url, token);
      return socket.send(Array.from({ length: 5_000 }, (_, id) => ping(id)).join('\n')).end();
    },
  },
  {
    name: 'bytes that are not the protocol',
    expected: 'closed 4002',
    run: async ({ url, token }) => (await opened(url, token)).send('GET / HTTP/1.1').end(),
  },
  {
    name: 'a binary message',
    expected: 'closed 4002',
    run: async ({ url, token }) => (await opened(url, token)).frame(opcodes.binary, filled(10)).end(),
  },
  {
    name: 'a command before hello',
    expected: 'closed 4004',
    run: async ({ url }) => (await RawWebSocket.open(url)).send(ping(1)).end(),
  },
  {
    name: 'a hello with a token that nobody has',
    expected: 'closed 4004',
    run: async ({ url }) => {
      const hello = { id: 1, command: 'connection.hello', params: { versions: [1], token: 'x'.repeat(43) } };
      return (await RawWebSocket.open(url)).send(JSON.stringify(hello)).end();
    },
  },
  {
    name: 'many bytes before hello',
    expected: /^closed (4002|4004|1009)$/,
    run: async ({ url }) => (await RawWebSocket.open(url)).frame(opcodes.text, filled(frameBytes - 1)).end(),
  },
  {
    name: 'no hello at all',
    expected: 'closed 4001',
    slow: true,
    run: async ({ url }) => (await RawWebSocket.open(url)).end(30_000),
  },
];

function listenTo(id: number, count: number): string {
  const logs = Array.from({ length: count }, () => ({ log: `room:${randomUUID()}`, level: 'passive' }));
  return JSON.stringify({ id, command: 'log.listen', params: { logs } });
}
