import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { connectPacket } from './testing/packet-bytes.ts';

let gateway: OpenGateway;
afterEach(async () => {
  await gateway.close();
  expect(gateway.reported).toEqual([]);
});

describe('a bound', () => {
  test('of time: whoever does not say CONNECT is cut off', async () => {
    gateway = await OpenGateway.open({ limits: { connectMs: 5_000 } });
    const client = await gateway.knock();
    client.sendBytes(connectPacket(5).subarray(0, 4));
    await gateway.time.advance(4_900);
    expect(client.ended).toBe(false);
    await gateway.time.advance(200);
    await until(() => client.ended);
  });

  test('of connections that have not said CONNECT; those that have do not count', async () => {
    gateway = await OpenGateway.open({ limits: { unannounced: 2 } });
    const signedIn = await gateway.connect();
    const waiting = [await gateway.knock(), await gateway.knock()];
    const third = await gateway.knock();
    await until(() => third.ended);
    await signedIn.settles();
    await waiting[0]?.cut();
    await until(() => gateway.clients.filter(({ ended }) => !ended).length === 2);
    expect((await gateway.connect({ clientId: 'next' })).connack?.reasonCode).toBe(0);
  });

  test('of connections of one address is the engine’s', async () => {
    gateway = await OpenGateway.open({ engine: { connections: 1 } });
    await gateway.connect();
    const client = await gateway.knock();
    await until(() => client.ended);
  });

  test('of subscriptions: one more is refused, one that is there can be changed', async () => {
    gateway = await OpenGateway.open({ limits: { subscriptions: 2 } });
    const client = await gateway.connect();
    expect(await client.subscribe('rooms/+/messages', 1)).toEqual([1]);
    expect(await client.subscribe('rooms/+/events', 2)).toEqual([1]);
    expect(await client.subscribe('inbox/events', 3)).toEqual([0x97]);
    expect(await client.subscribe('rooms/+/events', 4)).toEqual([1]);
  });

  test('of packets a second', async () => {
    gateway = await OpenGateway.open({ limits: { packetsPerSecond: 10, packetsBurst: 20 } });
    const client = await gateway.connect();
    for (let index = 0; index < 20; index += 1) client.send({ cmd: 'pingreq' });
    await until(() => client.of('pingresp').length === 20);
    client.send({ cmd: 'pingreq' });
    await until(() => client.ended);
    expect(client.of('disconnect')[0]?.reasonCode).toBe(0x96);
  });

  test('of the largest packet holds for what comes in many pieces too', async () => {
    gateway = await OpenGateway.open({ limits: { packetBytes: 2_000 } });
    const client = await gateway.connect();
    expect(client.connack?.properties?.maximumPacketSize).toBe(2_000);
    client.publish('rooms/room-1/messages', 'x'.repeat(1_900));
    await client.hears('puback');
    client.publish('rooms/room-1/messages', 'x'.repeat(2_000), { messageId: 2 });
    await until(() => client.ended);
    expect(client.of('disconnect')[0]?.reasonCode).toBe(0x95);
  });

  test('of QoS 2 ids that are not released (MQTT 3.1.1, which has no Receive Maximum)', async () => {
    gateway = await OpenGateway.open({ limits: { unreleased: 3 } });
    const client = await gateway.connect({ protocolVersion: 4 });
    for (let messageId = 1; messageId <= 3; messageId += 1) {
      client.publish('rooms/room-1/messages', `m${messageId}`, { qos: 2, messageId });
      await until(() => client.of('pubrec').length === messageId);
    }
    client.publish('rooms/room-1/messages', 'm4', { qos: 2, messageId: 4 });
    await until(() => client.ended);
    expect(gateway.texts(1)).toEqual(['m1', 'm2', 'm3']);
  });

  test('of what is read and not worked off: the socket is not read any more, and nothing is lost', async () => {
    gateway = await OpenGateway.open({ limits: { unworkedPackets: 4 } });
    const stored = Promise.withResolvers<void>();
    const client = await gateway.connect({ protocolVersion: 4 });
    gateway.domain.hold = (question) => (question === 'execute' ? stored.promise : undefined);
    const texts = Array.from({ length: 200 }, (_, index) => `m${index}`);
    for (const [index, text] of texts.entries())
      client.publish('rooms/room-1/messages', text, { messageId: index + 1 });
    await until(() => gateway.domain.executed.length > 0);
    stored.resolve();
    await until(() => client.of('puback').length === texts.length);
    expect(gateway.texts(1)).toEqual(texts);
  });

  test('of keep-alive is told (MQTT 5)', async () => {
    gateway = await OpenGateway.open();
    const never = await gateway.connect({ keepalive: 0 });
    expect(never.connack?.properties?.serverKeepAlive).toBe(1_200);
    const long = await gateway.connect({ clientId: 'long', keepalive: 2_000 });
    expect(long.connack?.properties?.serverKeepAlive).toBe(1_200);
    const usual = await gateway.connect({ clientId: 'usual', keepalive: 60 });
    expect(usual.connack?.properties?.serverKeepAlive).toBeUndefined();
  });

  test('of silence is the client’s own: the engine’s heartbeat does not end who need not speak', async () => {
    gateway = await OpenGateway.open();
    const client = await gateway.connect({ protocolVersion: 4, keepalive: 0 });
    await gateway.time.advance(300_000);
    await client.settles();
    expect(client.ended).toBe(false);
  });
});

test('what is explained can be switched off (MQTT 5, Request Problem Information)', async () => {
  gateway = await OpenGateway.open();
  for (const requestProblemInformation of [true, false]) {
    const client = await gateway.connect({ properties: { requestProblemInformation } });
    client.publish('rooms/nowhere/messages', 'x');
    const { properties } = await client.hears('puback');
    expect(properties?.reasonString).toBe(requestProblemInformation ? 'not-found' : undefined);
  }
});
