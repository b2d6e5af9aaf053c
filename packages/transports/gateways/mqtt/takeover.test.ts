import { once } from 'node:events';
import { generate, type IConnectPacket } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { bob } from '../../testing/test-world.ts';
import { defaultMqttLimits } from './limits.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import type { RawOptions } from './testing/raw-client.ts';

let gateway: OpenGateway;
beforeEach(async () => {
  gateway = await OpenGateway.open();
});
afterEach(() => gateway.close());

const messages = 'rooms/room-1/messages';
const version = 5;
const kept = (further: RawOptions = {}): RawOptions => ({
  clientId: 'kept',
  clean: false,
  protocolVersion: version,
  properties: { sessionExpiryInterval: 3_600 },
  ...further,
});
const post = (text: string) => gateway.post(1, text, bob);

/** Has the session over a WebSocket, and then reads nothing any more: neither goodbye nor the end of it. */
async function deafClient(): Promise<WebSocket> {
  const socket = new WebSocket(gateway.webSocketUrl, 'mqtt', { perMessageDeflate: false });
  await once(socket, 'open');
  const login = { username: 'token', password: Buffer.from(gateway.signIn()) };
  const packet = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: version, keepalive: 60, ...login } as const;
  socket.send(generate({ ...packet, ...kept() } as IConnectPacket, { protocolVersion: version }));
  await once(socket, 'message');
  socket.pause();
  return socket;
}

describe('a session whose client went', () => {
  test('in the middle of a send that waited for its acknowledgements is taken over, and the send is done', async () => {
    const client = await gateway.connect(kept());
    await client.subscribe(messages);
    // More than may be on its way to a client that acknowledges nothing: the rest waits here.
    for (let count = 0; count < 150; count += 1) {
      post(`${count} ${'x'.repeat(1_000)}`);
      if (count % 30 === 0) await client.settles();
    }
    client.publish(messages, JSON.stringify({ text: 'last words', clientId: 'last' }));
    await client.settles();
    expect(client.of('puback')).toEqual([]);
    await client.cut();
    const next = await gateway.connect(kept());
    expect(next.connack?.reasonCode).toBe(0);
    expect(gateway.texts(1)).toContain('last words');
  });

  test('without closing its connection is taken over without waiting for that', async () => {
    const deaf = await deafClient();
    // The old connection stays until its time is up, which nobody moves here.
    const next = await gateway.connect(kept());
    expect(next.connack).toMatchObject({ reasonCode: 0, sessionPresent: true });
    await next.settles();
    expect([next.ended, deaf.readyState]).toEqual([false, WebSocket.OPEN]);
    deaf.terminate();
  });

  test('is cut off when its time is up, though somebody else has the session by then', async () => {
    const deaf = await deafClient();
    const next = await gateway.connect(kept());
    const ended = once(deaf, 'close');
    await gateway.time.advance(defaultMqttLimits.closeMs);
    deaf.resume();
    await ended;
    await next.settles();
    expect(next.ended).toBe(false);
  });
});
