import { roomLog } from '@confab/protocol';
import type { ISubscription } from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ada, bob, roomId, spaces } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import type { RawClient } from './testing/raw-client.ts';

let gateway: OpenGateway;
beforeEach(async () => {
  gateway = await OpenGateway.open();
});
afterEach(async () => {
  await gateway.close();
  expect(gateway.reported).toEqual([]);
});

const topics = (client: RawClient) => client.of('publish').map(({ topic }) => topic);
const at = (topic: string, options: Partial<ISubscription> = {}): ISubscription => ({ topic, qos: 1, ...options });

describe('a filter', () => {
  test.each<[filter: string, code5: number, code4: number]>([
    ['rooms/room-1/messages', 1, 1],
    ['rooms/ROOM-1/messages', 1, 1],
    ['rooms/Home%2Froom-1/messages', 1, 1],
    [`rooms/${roomId(2)}/events`, 1, 1],
    ['rooms/+/messages', 1, 1],
    ['people/ada/presence', 1, 1],
    ['spaces/home/events', 1, 1],
    ['inbox/events', 1, 1],
    ['answers/mine/#', 1, 1],
    ['#', 1, 1],
    ['rooms/room-3/messages', 0x87, 0x80],
    [`rooms/${roomId(3)}/messages`, 0x87, 0x80],
    ['rooms/nowhere/messages', 0x87, 0x80],
    ['people/nobody/presence', 0x87, 0x80],
    ['sensors/kitchen', 0x87, 0x80],
    ['commands/room.show', 0x87, 0x80],
    ['$SYS/#', 0x8f, 0x80],
    ['rooms/#/messages', 0x8f, 0x80],
    ['rooms/a+/messages', 0x8f, 0x80],
    ['', 0x8f, 0x80],
    [`rooms/${'x'.repeat(2_000)}/messages`, 0x8f, 0x80],
    ['a/'.repeat(20), 0x8f, 0x80],
    ['$share/group/rooms/+/messages', 0x9e, 0x80],
  ])('%s is answered with %i in MQTT 5 and %i in 3.1.1', async (filter, code5, code4) => {
    expect(await (await gateway.connect()).subscribe(filter)).toEqual([code5]);
    expect(await (await gateway.connect({ protocolVersion: 4 })).subscribe(filter)).toEqual([code4]);
  });

  test('is answered for itself: some may be refused in one SUBSCRIBE', async () => {
    const client = await gateway.connect();
    const filters = ['rooms/room-1/messages', 'rooms/nowhere/messages', '$SYS/x'].map((topic) => at(topic));
    expect(await client.subscribe(filters)).toEqual([1, 0x87, 0x8f]);
    expect(client.of('suback')[0]?.properties?.reasonString).toBe('not-found');
    gateway.post(1, 'one');
    await client.sees('one');
  });
});

describe('a subscription to all rooms', () => {
  test('hears rooms that come later, and those that one is removed from no more', async () => {
    const client = await gateway.connect();
    await client.subscribe('rooms/+/messages');
    gateway.post(3, 'before');
    gateway.addTo(3, ada);
    gateway.post(3, 'in');
    await client.sees('in');
    gateway.removeFrom(3, ada);
    gateway.post(3, 'out');
    gateway.post(1, 'end');
    await client.sees('end');
    expect(client.texts).toEqual(['in', 'end']);
    expect(topics(client)[0]).toBe(`rooms/${roomId(3)}/messages`);
  });

  test('ends with UNSUBSCRIBE; what was not there is said to be not', async () => {
    const client = await gateway.connect();
    await client.subscribe('rooms/+/messages');
    client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['rooms/+/messages', 'inbox/events'] });
    expect(await client.hears('unsuback')).toMatchObject({ messageId: 3, granted: [0, 0x11] });
    gateway.post(1, 'not heard');
    await client.subscribe('rooms/room-2/messages');
    gateway.post(2, 'heard');
    await client.sees('heard');
    expect(client.texts).toEqual(['heard']);
  });
});

describe('what is told', () => {
  test('on a room’s events topic: every event, as its whole frame, in order', async () => {
    const client = await gateway.connect();
    await client.subscribe('rooms/room-1/events');
    gateway.post(1, 'one');
    gateway.append(roomLog(roomId(1)), 'message.edited', { id: 'm-one', text: 'two' }, bob);
    gateway.append(roomLog(roomId(1)), 'room.renamed', { name: 'other' }, bob);
    await until(() => client.of('publish').length === 3);
    const frames = client.of('publish').map(({ payload }) => JSON.parse(String(payload)));
    expect(frames.map(({ event, seq }) => `${seq} ${event}`)).toEqual([
      '1 message.posted',
      '2 message.edited',
      '3 room.renamed',
    ]);
    expect(client.of('publish')[1]?.properties?.userProperties).toMatchObject({
      event: 'message.edited',
      seq: '2',
      author: bob,
    });
  });

  test('on the inbox’s topic and a space’s: their events', async () => {
    const client = await gateway.connect();
    await client.subscribe([at('inbox/events'), at('spaces/+/events')]);
    gateway.addTo(3, ada);
    gateway.append(`space:${spaces[0].id}`, 'space.renamed', { name: 'New' }, bob);
    await until(() => client.of('publish').length === 2);
    expect(topics(client).sort()).toEqual(['inbox/events', `spaces/${spaces[0].id}/events`]);
  });

  test('on a typing topic: who types, at QoS 0 whatever was granted', async () => {
    const client = await gateway.connect();
    expect(await client.subscribe([at('rooms/room-1/typing', { qos: 2 })])).toEqual([2]);
    const other = await gateway.connect({ user: bob });
    other.publish('rooms/room-1/typing', 'true', { qos: 0 });
    const { qos, payload } = await client.hears('publish');
    expect({ qos, payload: JSON.parse(String(payload)) }).toEqual({ qos: 0, payload: { user: bob, typing: true } });
  });

  test('on a presence topic: the state now, retained, and every change', async () => {
    const client = await gateway.connect();
    await client.subscribe('people/bob/presence');
    const now = await client.hears('publish');
    expect(now).toMatchObject({ retain: true, qos: 0, topic: 'people/bob/presence' });
    const presence = { user: bob, state: 'online', lastSeenAt: null };
    const json = JSON.stringify({ event: 'presence.changed', at: 1, data: presence });
    gateway.bus.publish({ kind: 'ephemeral', ephemeral: { topic: `presence:${bob}`, key: `presence:${bob}`, json } });
    const changed = await client.hears('publish', ({ retain }) => !retain);
    expect(JSON.parse(String(changed.payload))).toEqual(presence);
  });

  test('with the identifiers of all subscriptions that it is for (MQTT 5)', async () => {
    const client = await gateway.connect();
    for (const [id, filter] of [
      [1, 'rooms/+/messages'],
      [300, 'rooms/#'],
    ] as const) {
      const properties = { subscriptionIdentifier: id };
      client.send({ cmd: 'subscribe', messageId: id, subscriptions: [at(filter, { rh: 2 })], properties });
      await client.hears('suback', ({ messageId }) => messageId === id);
    }
    gateway.post(1, 'one');
    const message = await client.sees('one');
    expect(message.properties?.subscriptionIdentifier).toEqual([1, 300]);
  });

  test('not of one’s own where No Local says so (MQTT 5)', async () => {
    const client = await gateway.connect();
    await client.subscribe([at('rooms/room-1/messages', { nl: true })]);
    client.publish('rooms/room-1/messages', 'mine');
    await client.hears('puback');
    gateway.post(1, 'theirs');
    await client.sees('theirs');
    expect(client.texts).toEqual(['theirs']);
  });

  test('never in a packet that is larger than the client takes (MQTT 5)', async () => {
    const client = await gateway.connect({ properties: { maximumPacketSize: 600 } });
    await client.subscribe('rooms/room-1/messages');
    gateway.post(1, 'x'.repeat(2_000));
    gateway.post(1, 'small');
    await client.sees('small');
    expect(client.texts).toEqual(['small']);
  });
});

describe('what is retained', () => {
  const retained = (client: RawClient) =>
    client
      .of('publish')
      .flatMap(({ retain, payload }) => (retain ? [JSON.parse(String(payload)).text ?? 'event'] : []));

  beforeEach(() => {
    gateway.post(1, 'earlier');
    gateway.post(1, 'last');
    gateway.append(roomLog(roomId(1)), 'room.renamed', { name: 'room-1' });
    gateway.post(2, 'last of two');
  });

  test('is the last message of each room, before what follows it', async () => {
    const client = await gateway.connect();
    await client.subscribe('rooms/+/messages');
    gateway.post(1, 'next');
    await client.sees('next');
    expect(retained(client)).toEqual(['last', 'last of two']);
    expect(client.texts).toEqual(['last', 'last of two', 'next']);
  });

  test('is the last event on an events topic', async () => {
    const client = await gateway.connect();
    await client.subscribe('rooms/room-1/events');
    const { payload, retain } = await client.hears('publish');
    expect({ retain, event: JSON.parse(String(payload)).event }).toEqual({ retain: true, event: 'room.renamed' });
  });

  test('comes again with every SUBSCRIBE, as retain handling 0 has it', async () => {
    const client = await gateway.connect({ protocolVersion: 4 });
    await client.subscribe('rooms/room-1/messages', 1);
    await client.subscribe('rooms/room-1/messages', 2);
    await client.settles();
    expect(retained(client)).toEqual(['last', 'last']);
  });

  test.each([
    [1, ['last']],
    [2, []],
  ])('with retain handling %i comes as %j when one subscribes twice (MQTT 5)', async (rh, expected) => {
    const client = await gateway.connect();
    await client.subscribe([at('rooms/room-1/messages', { rh })], 1);
    await client.subscribe([at('rooms/room-1/messages', { rh })], 2);
    await client.settles();
    expect(retained(client)).toEqual(expected);
    gateway.post(1, 'next');
    await client.sees('next');
  });

  test('is nothing in a room without messages', async () => {
    gateway.addTo(3, ada);
    const client = await gateway.connect();
    await client.subscribe('rooms/room-3/messages');
    await client.settles();
    expect(retained(client)).toEqual([]);
  });
});

describe('a window', () => {
  test('holds no more unacknowledged messages than the client asked for, and goes on with each acknowledgement', async () => {
    const client = await gateway.connect({ properties: { receiveMaximum: 2 } });
    await client.subscribe('rooms/room-1/messages');
    for (let index = 0; index < 5; index += 1) gateway.post(1, `m${index}`);
    await client.sees('m1');
    await client.settles();
    expect(client.texts).toEqual(['m0', 'm1']);
    for (let index = 0; index < 5; index += 1) {
      await until(() => client.of('publish').length > index);
      client.send({ cmd: 'puback', messageId: client.of('publish')[index]?.messageId ?? 0 });
    }
    await client.sees('m4');
    expect(client.texts).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
  });

  test('lets go of a message that the client refuses with PUBREC (MQTT 5)', async () => {
    const client = await gateway.connect({ properties: { receiveMaximum: 1 } });
    await client.subscribe([at('rooms/room-1/messages', { qos: 2 })]);
    gateway.post(1, 'one');
    gateway.post(1, 'two');
    const { messageId = 0 } = await client.sees('one');
    client.send({ cmd: 'pubrec', messageId, reasonCode: 0x97 });
    await client.sees('two');
    expect(client.of('pubrel')).toEqual([]);
  });

  test('answers a PUBREC for an id that it does not know with a PUBREL that says so', async () => {
    const client = await gateway.connect();
    client.send({ cmd: 'pubrec', messageId: 44, reasonCode: 0 });
    expect(await client.hears('pubrel')).toMatchObject({ messageId: 44, reasonCode: 0x92 });
  });

  test('[S1] [S2] of a client that acknowledges nothing grows to a bound; what it missed waits in the log', async () => {
    const options = { clean: false, properties: { sessionExpiryInterval: 60 } };
    const client = await gateway.connect(options);
    await client.subscribe('rooms/room-1/messages');
    for (let index = 0; index < 3_000; index += 1) gateway.post(1, `${index} ${'x'.repeat(500)}`);
    await until(() => client.of('publish').length === 64);
    await client.settles();
    expect(client.of('publish')).toHaveLength(64);
    // Nothing more than a minute of patience is kept for it.
    for (let minute = 0; minute < 80 && !client.ended; minute += 1) {
      client.send({ cmd: 'pingreq' });
      await client.settles();
      await gateway.time.advance(1_000);
    }
    expect(client.ended).toBe(true);
    const back = await gateway.connect(options);
    await until(() => back.of('publish').length === 64);
    expect(back.texts[0]?.startsWith('0 ')).toBe(true);
    await back.cut();
  });
});
