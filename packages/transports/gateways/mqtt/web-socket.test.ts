import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { generate, type Packet, parser } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ownOrigin } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';

let gateway: OpenGateway;
beforeEach(async () => {
  gateway = await OpenGateway.open();
});
afterEach(async () => {
  await gateway.close();
  expect(gateway.reported).toEqual([]);
});

/** A client that can be refused; `status` is the HTTP answer then. */
async function knock(headers: Record<string, string> = {}, protocols: string[] = ['mqtt']) {
  const socket = new WebSocket(gateway.webSocketUrl, protocols, { headers });
  const packets: Packet[] = [];
  const reader = parser({ protocolVersion: 5 });
  reader.on('packet', (packet) => packets.push(packet));
  const client = { socket, packets, status: 0, closeCode: 0 };
  socket.on('unexpected-response', (_request, response) => {
    client.status = response.statusCode ?? 0;
    socket.terminate();
  });
  socket.on('error', () => {});
  socket.on('message', (data) => reader.parse(data as Buffer));
  socket.on('close', (code) => {
    client.closeCode = code;
  });
  await until(() => socket.readyState === WebSocket.OPEN || client.status > 0);
  return client;
}

const connect = (more: object = {}) =>
  generate({ cmd: 'connect', clientId: 'web', protocolVersion: 5, clean: true, keepalive: 60, ...more } as Packet, {
    protocolVersion: 5,
  });
const reasonOf = (packets: readonly Packet[]) =>
  packets.flatMap((packet) => (packet.cmd === 'connack' ? [packet.reasonCode] : []))[0];

describe('MQTT over WebSocket', () => {
  test('agrees on the subprotocol, and signs in with a token', async () => {
    const client = await knock();
    expect(client.socket.protocol).toBe('mqtt');
    client.socket.send(connect({ username: 'token', password: Buffer.from(gateway.signIn()) }));
    await until(() => client.packets.length > 0);
    expect(reasonOf(client.packets)).toBe(0);
  });

  test('signs in with the page’s cookie, from a page that may speak here', async () => {
    const client = await knock({ origin: ownOrigin, cookie: gateway.signIn() });
    client.socket.send(connect());
    await until(() => client.packets.length > 0);
    expect(reasonOf(client.packets)).toBe(0);
  });

  test.each<[title: string, headers: Record<string, string>, protocols: string[], status: number]>([
    ['a foreign page', { origin: 'http://evil.example' }, ['mqtt'], 403],
    ['a cookie without a page', { cookie: 'x' }, ['mqtt'], 403],
    ['no subprotocol', {}, [], 400],
    ['another subprotocol', {}, ['mqttv3.1'], 400],
  ])('is refused to %s', async (_, headers, protocols, status) => {
    expect((await knock(headers, protocols)).status).toBe(status);
  });

  test('is refused while the server goes down, and told so', async () => {
    const answer = () =>
      new Promise<string>((resolve) => {
        const upgrade = { connection: 'upgrade', upgrade: 'websocket' };
        get(gateway.webSocketUrl.replace('ws:', 'http:'), { headers: upgrade }, async (response) => {
          resolve(await text(response));
        });
      });
    expect(JSON.parse(await answer())).toMatchObject({ error: { code: 'malformed' } });
    await gateway.drain();
    expect(JSON.parse(await answer())).toMatchObject({ error: { code: 'draining', retryAfterMs: 5_000 } });
  });

  test('packets may be cut anywhere into messages, and share one', async () => {
    const client = await knock();
    const bytes = Buffer.concat([
      connect({ username: 'token', password: Buffer.from(gateway.signIn()) }),
      generate(
        {
          cmd: 'publish',
          topic: 'rooms/room-1/messages',
          payload: 'hello',
          qos: 1,
          messageId: 1,
          dup: false,
          retain: false,
        },
        { protocolVersion: 5 },
      ),
      generate({ cmd: 'pingreq' }),
    ]);
    for (const byte of bytes.subarray(0, 30)) client.socket.send(Buffer.from([byte]));
    client.socket.send(bytes.subarray(30));
    await until(() => client.packets.length === 3);
    expect(client.packets.map(({ cmd }) => cmd).sort()).toEqual(['connack', 'pingresp', 'puback']);
    expect(gateway.texts(1)).toEqual(['hello']);
  });

  test('a text message ends the connection ([MQTT-6.0.0-1])', async () => {
    const client = await knock();
    client.socket.send('hello');
    await until(() => client.closeCode > 0);
    expect(client.closeCode).toBe(1003);
  });

  test('the engine’s probe is a WebSocket ping: whoever does not answer it is given up', async () => {
    const client = await knock();
    client.socket.send(connect({ keepalive: 0, username: 'token', password: Buffer.from(gateway.signIn()) }));
    await until(() => client.packets.length > 0);
    await gateway.time.advance(25_000);
    await until(() => client.socket.readyState === WebSocket.OPEN);
    client.socket.pause();
    await gateway.time.advance(120_000);
    client.socket.resume();
    await until(() => client.packets.some(({ cmd }) => cmd === 'disconnect'));
  });
});
