import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { password } from './testing/mqtt-world.ts';
import { OpenGateway } from './testing/open-gateway.ts';

let gateway: OpenGateway;
beforeEach(async () => {
  gateway = await OpenGateway.open();
});
afterEach(async () => {
  await gateway.close();
  expect(gateway.reported).toEqual([]);
});

describe.each([4, 5] as const)('a client of MQTT level %i', (protocolVersion) => {
  test('posts, and is told what it and others post, at the QoS that it asked for', async () => {
    const client = await gateway.connect({ protocolVersion });
    expect(await client.subscribe([{ topic: 'rooms/room-1/messages', qos: 2 }])).toEqual([2]);
    client.publish('rooms/room-1/messages', 'hello');
    await client.hears('puback');
    gateway.post(1, 'hi');
    const heard = await client.sees('hi');
    expect(heard).toMatchObject({ qos: 2, retain: false, dup: false, topic: 'rooms/room-1/messages' });
    expect(JSON.parse(String(heard.payload))).toMatchObject({ room: roomId(1), seq: 2, epoch: 1, text: 'hi' });
    expect(client.texts).toEqual(['hello', 'hi']);
  });

  test('is acknowledged only when the message is stored', async () => {
    const client = await gateway.connect({ protocolVersion });
    const stored = Promise.withResolvers<void>();
    gateway.domain.hold = (question) => (question === 'execute' ? stored.promise : undefined);
    client.publish(`rooms/${roomId(1)}/messages`, 'hello');
    await until(() => gateway.domain.executed.some(({ command }) => command !== ''));
    await client.settles();
    expect(client.of('puback')).toEqual([]);
    stored.resolve();
    await client.hears('puback');
    expect(gateway.texts(1)).toEqual(['hello']);
  });

  test('signs in with a name and a password, and that session ends with the connection', async () => {
    const client = await gateway.connect({ protocolVersion, username: 'ada', password: Buffer.from(password) });
    client.publish('rooms/room-1/messages', 'hello', { qos: 0 });
    await until(() => gateway.texts(1).length === 1);
    expect(gateway.signedOut).toEqual([]);
    client.send({ cmd: 'disconnect' });
    await until(() => gateway.signedOut.length === 1);
  });
});
