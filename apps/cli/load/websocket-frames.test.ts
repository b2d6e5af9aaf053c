import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openSocket } from './raw-socket.ts';
import { clientFrame, FrameReader, type FrameSink, opcodes } from './websocket-frames.ts';

/** A server's frame: as a client's, without the mask. */
function serverFrame(opcode: number, payload: Buffer, fin = true): Buffer {
  const masked = clientFrame(opcode, payload, fin);
  const header = masked.length - payload.length - 4;
  const frame = Buffer.concat([masked.subarray(0, header), payload]);
  frame[1] = (frame[1] as number) & 0x7f;
  return frame;
}

function collector() {
  const got: string[] = [];
  const sink: FrameSink = {
    text: (payload) => got.push(`text ${payload.toString()}`),
    ping: (payload) => got.push(`ping ${payload.toString()}`),
    pong: () => got.push('pong'),
    closed: (code, reason) => got.push(`close ${code} ${reason}`),
  };
  return { got, sink };
}

test('frames are found however their bytes are cut', () => {
  const texts = fc.array(fc.string({ maxLength: 300, unit: 'grapheme' }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 97 }), (sent, step) => {
      const bytes = Buffer.concat(sent.map((text) => serverFrame(opcodes.text, Buffer.from(text))));
      const { got, sink } = collector();
      const reader = new FrameReader();
      for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step), sink);
      expect(got).toEqual(sent.map((text) => `text ${text}`));
    }),
  );
});

test('a message in fragments is one message, with a ping between them heard at once', () => {
  const { got, sink } = collector();
  const frames = [
    serverFrame(opcodes.text, Buffer.from('one '), false),
    serverFrame(opcodes.ping, Buffer.from('?')),
    serverFrame(opcodes.continuation, Buffer.from('two')),
    serverFrame(opcodes.close, Buffer.from([0x0f, 0xa0, 0x68, 0x69])),
  ];
  new FrameReader().push(Buffer.concat(frames), sink);
  expect(got).toEqual(['ping ?', 'text one two', 'close 4000 hi']);
});

test.each([0xc1, 0x82, 0x83])('a first byte of %i is an error of the server', (first) => {
  expect(() => new FrameReader().push(Buffer.from([first, 0]), collector().sink)).toThrow(/server/);
});

test('a stock server understands what is sent, and is understood, at every length of the header', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(data.toString())));
  const answers: string[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  const socket = await openSocket(
    { host: '127.0.0.1', port: (server.address() as AddressInfo).port, path: '/' },
    {
      text: (payload) => {
        answers.push(payload.toString());
        if (answers.length === 6) socket.close(1000);
      },
      ended: end,
    },
  );
  const sent = [0, 1, 125, 126, 65_535, 65_536].map((length) =>
    'é'
      .repeat(length / 2)
      .padEnd(length, 'x')
      .slice(0, length),
  );
  for (const text of sent) socket.send(text);
  expect(await ended).toBe(1000);
  expect(answers).toEqual(sent);
  server.close();
});

test('a server that refuses the upgrade is told with its status', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient: () => false });
  await once(server, 'listening');
  const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, path: '/' };
  await expect(openSocket(target, { text: () => {}, ended: () => {} })).rejects.toThrow('401');
  server.close();
});
