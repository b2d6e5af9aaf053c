import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ada, bob } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import type { RawClient, RawOptions, Version } from './testing/raw-client.ts';

let gateway: OpenGateway;
beforeEach(async () => {
  gateway = await OpenGateway.open();
});
afterEach(async () => {
  await gateway.close();
  expect(gateway.reported).toEqual([]);
});

const kept = (protocolVersion: Version, more: RawOptions = {}): RawOptions => ({
  protocolVersion,
  clean: false,
  clientId: 'kept',
  ...(protocolVersion === 5 ? { properties: { sessionExpiryInterval: 3_600 } } : {}),
  ...more,
});
const post = (...texts: string[]) => {
  for (const text of texts) gateway.post(1, text);
};
/** Acknowledges what was published up to and with a text. */
async function acknowledge(client: RawClient, upTo: string): Promise<void> {
  await client.sees(upTo);
  for (const { qos, messageId = 0 } of client.of('publish')) if (qos === 1) client.send({ cmd: 'puback', messageId });
  await client.settles();
}
const cursorOf = (name: string) => gateway.cursors.get(`${ada} mqtt:${name}`);

describe.each([4, 5] as const)('a session that is kept (MQTT level %i)', (version) => {
  test('goes on behind what was acknowledged, without a hole and in order, however long its client was away', async () => {
    const client = await gateway.connect(kept(version));
    expect(client.connack?.sessionPresent).toBe(false);
    await client.subscribe('rooms/room-1/messages');
    post('one');
    await acknowledge(client, 'one');
    post('two');
    await client.sees('two');
    await client.cut();
    post(...Array.from({ length: 700 }, (_, index) => `away ${index}`));
    const back = await gateway.connect(kept(version));
    expect(back.connack?.sessionPresent).toBe(true);
    await back.sees('away 62');
    const again = back.of('publish')[0];
    // It was sent before and not acknowledged: with its packet id, as a repetition (MQTT 5.0, section 4.4).
    expect(again).toMatchObject({ dup: true, messageId: client.of('publish').at(-1)?.messageId });
    for (let seen = 0; back.texts.length < 701; ) {
      const heard = back.of('publish');
      for (const { messageId = 0 } of heard.slice(seen)) back.send({ cmd: 'puback', messageId });
      seen = heard.length;
      await back.settles();
    }
    expect(back.texts).toEqual(['two', ...Array.from({ length: 700 }, (_, index) => `away ${index}`)]);
  });

  test('misses nothing when the server is killed; at worst what was acknowledged last comes again', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/room-1/messages');
    post('one', 'two');
    await acknowledge(client, 'two');
    await gateway.time.advance(1_000);
    await until(() => JSON.stringify(cursorOf('kept')).includes('endedAt'));
    post('three');
    await client.sees('three');
    await gateway.restart();
    post('four');
    const back = await gateway.connect(kept(version));
    await back.sees('four');
    expect(back.texts).toEqual(['three', 'four']);
  });

  test('is there from its first SUBACK on, over a kill at that very moment', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/room-1/messages');
    await gateway.restart();
    post('one');
    const back = await gateway.connect(kept(version));
    expect(back.connack?.sessionPresent).toBe(true);
    await back.sees('one');
  });

  test('stands where it stood when the server is killed again before the client was told anything', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/room-1/messages');
    await gateway.restart();
    post('one');
    await gateway.connect(kept(version));
    await gateway.restart();
    const back = await gateway.connect(kept(version));
    await back.sees('one');
  });

  test('hears of rooms that its person was added to meanwhile, from that moment on', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/+/messages');
    await client.cut();
    gateway.post(3, 'before');
    gateway.addTo(3, ada);
    gateway.post(3, 'after');
    const back = await gateway.connect(kept(version));
    await back.sees('after');
    gateway.post(3, 'live');
    await back.sees('live');
    expect(back.texts).toEqual(['after', 'live']);
  });

  test('hears nothing of rooms that its person was removed from meanwhile', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/+/messages');
    await client.cut();
    gateway.removeFrom(2, ada);
    gateway.post(2, 'secret');
    post('told');
    const back = await gateway.connect(kept(version));
    await back.sees('told');
    expect(back.texts).toEqual(['told']);
  });

  test('is ended by a clean one, and nothing of it is left', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/room-1/messages');
    await client.cut();
    await until(() => JSON.stringify(cursorOf('kept')).includes('"endedAt\\":1'));
    const clean = await gateway.connect({ protocolVersion: version, clean: true, clientId: 'kept' });
    expect(clean.connack?.sessionPresent).toBe(false);
    expect(gateway.cursors.size).toBe(0);
    post('not for it');
    await clean.settles();
    expect(clean.texts).toEqual([]);
  });

  // Not every client sets the flag: the stock client for Node does not.
  test.each([true, false])('knows a message that comes again over a cut and over a kill (DUP %j)', async (dup) => {
    for (const end of ['cut', 'kill'] as const) {
      const client = await gateway.connect(kept(version));
      client.publish('rooms/room-1/messages', end, { messageId: 5 });
      client.publish('rooms/room-1/messages', `${end} 2`, { qos: 2, messageId: 6 });
      await until(() => gateway.texts(1).includes(`${end} 2`));
      await client.hears('pubrec');
      if (end === 'cut') await client.cut();
      else await gateway.restart();
      gateway.time.nowMs += 1;
      const back = await gateway.connect(kept(version));
      back.publish('rooms/room-1/messages', end, { messageId: 5, dup });
      back.publish('rooms/room-1/messages', `${end} 2`, { qos: 2, messageId: 6, dup });
      await back.hears('puback');
      await back.hears('pubrec');
      back.send({ cmd: 'pubrel', messageId: 6 });
      await back.hears('pubcomp');
      await back.cut();
    }
    expect(gateway.texts(1)).toEqual(['cut', 'cut 2', 'kill', 'kill 2']);
  });

  test('takes a new message for one, though it has the packet id and text of another that is over', async () => {
    for (let life = 0; life < 2; life += 1) {
      const client = await gateway.connect(kept(version));
      for (let count = 1; count <= 2; count += 1) {
        client.publish('rooms/room-1/messages', 'ping', { messageId: 1 });
        await until(() => client.of('puback').length === count);
      }
      // It says something well after the acknowledgement, so it has read it; and that is saved.
      await gateway.time.advance(6_000);
      await client.settles();
      await gateway.time.advance(1_000);
      await until(() => JSON.stringify(cursorOf('kept')).includes('known\\":[]'));
      await gateway.restart();
    }
    expect(gateway.texts(1)).toHaveLength(4);
  });

  test('is its person’s: the same client id of somebody else is another session', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/room-1/messages');
    const other = await gateway.connect(kept(version, { user: bob }));
    expect(other.connack?.sessionPresent).toBe(false);
    await client.settles();
    expect(client.ended).toBe(false);
  });

  test('is taken over by the next connection, which goes on where the first one stood', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/room-1/messages');
    post('one');
    await acknowledge(client, 'one');
    const next = await gateway.connect(kept(version));
    await until(() => client.ended);
    expect(client.of('disconnect')[0]?.reasonCode).toBe(version === 5 ? 0x8e : undefined);
    expect(next.connack?.sessionPresent).toBe(true);
    post('two');
    await next.sees('two');
    expect(next.texts).toEqual(['two']);
  });

  test('completes exchanges of QoS 2 in both directions after a cut, each message once', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe([{ topic: 'rooms/room-1/messages', qos: 2 }]);
    client.publish('rooms/room-1/messages', 'sent', { qos: 2, messageId: 9 });
    await client.hears('pubrec');
    const { messageId = 0 } = await client.sees('sent');
    client.send({ cmd: 'pubrec', messageId });
    await client.hears('pubrel');
    await client.cut();
    const back = await gateway.connect(kept(version));
    // Ours: the message is the client's, PUBREL comes again. Theirs: PUBREL is answered.
    expect((await back.hears('pubrel')).messageId).toBe(messageId);
    back.send({ cmd: 'pubcomp', messageId });
    back.send({ cmd: 'pubrel', messageId: 9 });
    await back.hears('pubcomp');
    post('next');
    await back.sees('next');
    expect(back.texts).toEqual(['next']);
    expect(gateway.texts(1)).toEqual(['sent', 'next']);
  });

  test('ends when it was away for too long', async () => {
    const client = await gateway.connect(kept(version));
    await client.subscribe('rooms/room-1/messages');
    await client.cut();
    await until(() => JSON.stringify(cursorOf('kept')).includes('"endedAt\\":1'));
    gateway.time.nowMs += (version === 5 ? 3_600 : 30 * 86_400) * 1_000 + 1;
    const back = await gateway.connect(kept(version));
    expect(back.connack?.sessionPresent).toBe(false);
  });
});

describe('a session that is kept', () => {
  test('is told for how long at most (MQTT 5)', async () => {
    const client = await gateway.connect(kept(5, { properties: { sessionExpiryInterval: 0xffff_ffff } }));
    expect(client.connack?.properties?.sessionExpiryInterval).toBe(30 * 86_400);
  });

  test('ends at once when its client says so at last (MQTT 5)', async () => {
    const client = await gateway.connect(kept(5));
    client.send({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 0 } });
    await until(() => gateway.cursors.size === 0);
  });

  test('is refused when a person keeps too many, unless some of them have expired', async () => {
    for (let index = 0; index < 100; index += 1) {
      gateway.cursors.set(`${ada} other-${index}`, { state: null, savedAt: 0 });
    }
    expect((await gateway.connect(kept(5))).connack?.reasonCode).toBe(0x97);
    expect((await gateway.connect(kept(4))).connack?.returnCode).toBe(3);
    gateway.cursors.delete(`${ada} other-0`);
    gateway.cursors.set(`${ada} mqtt:old`, { state: {}, savedAt: gateway.time.nowMs - 40 * 86_400_000 });
    expect((await gateway.connect(kept(5))).connack?.reasonCode).toBe(0);
  });

  test('of hundreds of rooms is kept in pieces, and comes back whole', async () => {
    for (let number = 1_000; number < 1_900; number += 1) {
      gateway.domain.addLog(`room:00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`, ada);
    }
    const client = await gateway.connect(kept(5));
    expect(await client.subscribe([{ topic: 'rooms/+/messages', qos: 1, rh: 2 }])).toEqual([1]);
    expect(gateway.cursors.size).toBeGreaterThan(2);
    await gateway.restart();
    gateway.post(1_500, 'found');
    const back = await gateway.connect(kept(5));
    await back.sees('found');
    await back.cut();
  });

  test.each([null, 7, 'text', {}, { text: 'no JSON' }, { text: '{"form":1}' }, { turn: 0, pieces: 3 }])(
    'is not found where somebody has put %j under its name',
    async (state) => {
      gateway.cursors.set(`${ada} mqtt:kept`, { state, savedAt: gateway.time.nowMs });
      const client = await gateway.connect(kept(5));
      expect(client.connack).toMatchObject({ reasonCode: 0, sessionPresent: false });
    },
  );

  test('whatever its client is called, has a name of its own', async () => {
    const ids = ['a', 'a~0', '#a', 'ü', 'two words', 'x'.repeat(200), 'x'.repeat(201)];
    for (const clientId of ids) await gateway.connect(kept(5, { clientId }));
    await until(() => gateway.cursors.size === ids.length);
    for (const [key] of gateway.cursors) expect(key.slice(ada.length + 1)).toMatch(/^mqtt:[!-~]{1,123}$/);
  });
});

describe('a session that ends with its connection', () => {
  test.each([4, 5] as const)('leaves nothing behind (MQTT level %i)', async (protocolVersion) => {
    const client = await gateway.connect({ protocolVersion, clean: true });
    await client.subscribe('rooms/room-1/messages');
    post('one');
    await acknowledge(client, 'one');
    await client.cut();
    const back = await gateway.connect({ protocolVersion, clean: true });
    post('two');
    await back.settles();
    expect(back.connack?.sessionPresent).toBe(false);
    expect(back.texts).toEqual([]);
    expect(gateway.cursors.size).toBe(0);
  });

  test('is given a client id where the client has none', async () => {
    const client = await gateway.connect({ clientId: '' });
    expect(client.connack?.properties?.assignedClientIdentifier).toMatch(/^[0-9a-f-]{36}$/);
    expect((await gateway.connect({ protocolVersion: 4, clientId: '' })).connack?.returnCode).toBe(0);
  });
});

test('[H8] a session that is signed out ends its connection, and is not let in again', async () => {
  const token = gateway.signIn();
  const options = { password: Buffer.from(token), ...kept(5) };
  const client = await gateway.connect(options);
  await client.subscribe('rooms/room-1/messages');
  gateway.signOut(token);
  post('not heard');
  await until(() => client.ended);
  expect(client.of('disconnect')[0]).toMatchObject({
    reasonCode: 0x87,
    properties: { reasonString: 'session-revoked' },
  });
  expect(client.texts).toEqual([]);
  expect((await gateway.connect(options)).connack?.reasonCode).toBe(0x86);
});

test('a server that goes down says so, saves everything and publishes no wills', async () => {
  const will = { topic: 'rooms/room-1/messages', payload: Buffer.from('gone') };
  const client = await gateway.connect({ ...kept(5), will });
  await client.subscribe('rooms/room-2/messages');
  gateway.post(2, 'one');
  await client.sees('one');
  for (const { messageId = 0 } of client.of('publish')) client.send({ cmd: 'puback', messageId });
  await client.settles();
  const drained = gateway.drain();
  await until(() => client.ended);
  await gateway.time.advance(20_000);
  await drained;
  expect(client.of('disconnect')[0]?.reasonCode).toBe(0x8b);
  await until(() => JSON.stringify(cursorOf('kept')).includes('"endedAt\\":1'));
  expect(gateway.texts(1)).toEqual([]);
});
