import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ada, bob, roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { StockClient } from './testing/stock-client.ts';

let gateway: OpenGateway;
let token: string;
const clients: StockClient[] = [];
beforeEach(async () => {
  gateway = await OpenGateway.open();
  token = gateway.signIn(ada);
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.disconnect();
  await gateway.close();
});

async function connected(...[auth = {}, options]: [object?, ConstructorParameters<typeof StockClient>[2]?]) {
  const client = await StockClient.connected(gateway.url, { token, ...auth }, options);
  clients.push(client);
  return client;
}

/** Room 1's place on the client's own side. */
function seqs(client: StockClient, room = 1): number[] {
  return client.messages.filter((message) => message.room === roomId(room)).map(({ seq }) => seq);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('[L4] [L7] a client of Socket.IO that comes back', () => {
  test.each([
    ['polling', ['polling']],
    ['WebSocket', ['websocket']],
    ['both', ['polling', 'websocket']],
  ])('is told exactly what it missed, over %s', async (_, transports) => {
    const client = await connected({}, { transports });
    expect(client.socket.recovered).toBe(false);
    gateway.post(1, 'one');
    gateway.post(2, 'two');
    await until(() => client.messages.length === 2);
    await client.cutBy(gateway);
    gateway.post(1, 'three');
    gateway.post(2, 'four');
    gateway.post(100, 'five');
    await client.comeBack();
    expect(client.socket.recovered).toBe(true);
    gateway.post(1, 'six');
    await client.sees('six');
    expect(client.texts.toSorted()).toEqual(['five', 'four', 'one', 'six', 'three', 'two']);
    expect(seqs(client)).toEqual([1, 2, 3]);
  });

  test('is recovered though it has heard nothing yet', async () => {
    const client = await connected();
    await client.cutBy(gateway);
    gateway.post(1, 'missed');
    await client.comeBack();
    await client.sees('missed');
    expect(client.socket.recovered).toBe(true);
  });

  test('is recovered by another process', async () => {
    const client = await connected();
    gateway.post(1, 'one');
    await client.sees('one');
    await client.cutBy(gateway);
    await gateway.restart();
    gateway.post(1, 'two');
    await client.comeBack();
    await client.sees('two');
    expect(client.socket.recovered).toBe(true);
    expect(seqs(client)).toEqual([1, 2]);
  });

  test('comes back by itself when the server restarts, and misses nothing', async () => {
    const client = await connected();
    gateway.post(1, 'one');
    await client.sees('one');
    await gateway.restart();
    gateway.post(1, 'two');
    await client.sees('two');
    expect(client.disconnects).toEqual(['transport close']);
    expect(client.socket.recovered).toBe(true);
    expect(seqs(client)).toEqual([1, 2]);
  });

  test.each([0, 1, 40, 501, 1_200])('[L6] after %i missed events is told all of them in order', async (missed) => {
    const client = await connected();
    for (let round = 0; round < 2; round += 1) {
      await client.cutBy(gateway);
      for (let index = 0; index < missed; index += 1) gateway.post(1, `${round} ${index}`);
      await client.comeBack();
      expect(client.socket.recovered).toBe(true);
    }
    gateway.post(1, 'the end');
    await client.sees('the end');
    expect(seqs(client)).toEqual(upTo(2 * missed + 1));
  });

  test('again and again, cut in the middle of what it missed, sees each message once', async () => {
    const client = await connected();
    for (let index = 0; index < 300; index += 1) gateway.post(1 + (index % 2), `${index}`);
    for (let round = 0; round < 12; round += 1) {
      await client.cutBy(gateway);
      for (let index = 0; index < 100; index += 1) gateway.post(1 + (index % 2), `${round} ${index}`);
      const before = client.messages.length;
      await client.comeBack();
      await until(() => client.messages.length > before + round);
    }
    gateway.post(1, 'the end');
    gateway.post(2, 'the end');
    await until(() => client.texts.filter((text) => text === 'the end').length === 2);
    expect(seqs(client, 1)).toEqual(upTo(751));
    expect(seqs(client, 2)).toEqual(upTo(751));
  });

  test('is told of a room that it was added to meanwhile, from then on', async () => {
    const client = await connected();
    gateway.post(3, 'before');
    await client.cutBy(gateway);
    gateway.addTo(3, ada);
    gateway.post(3, 'after');
    await client.comeBack();
    await client.sees('after');
    expect(client.events).toContain('inbox.room-added');
    expect(client.texts).toEqual(['after']);
    await client.cutBy(gateway);
    gateway.post(3, 'later');
    await client.comeBack();
    await client.sees('later');
    expect(client.texts).toEqual(['after', 'later']);
  });

  test('misses nothing of a room that it was added to just before it was cut', async () => {
    const client = await connected();
    gateway.addTo(3, ada);
    await until(() => client.events.includes('inbox.room-added'));
    await client.cutBy(gateway);
    gateway.post(3, 'said meanwhile');
    await client.comeBack();
    await client.sees('said meanwhile');
    expect(client.socket.recovered).toBe(true);
  });

  test('[L10] is not told of a room that it was removed from', async () => {
    const client = await connected();
    await client.cutBy(gateway);
    gateway.removeFrom(2, ada);
    gateway.post(2, 'secret');
    gateway.post(1, 'open');
    await client.comeBack();
    await client.sees('open');
    expect(client.socket.recovered).toBe(true);
    expect(client.events).toContain('inbox.room-removed');
    expect(client.texts).toEqual(['open']);
  });

  test('hears of the rooms that it had chosen with join and leave', async () => {
    const client = await connected({ room: 'room-1' });
    await client.socket.emitWithAck('join', 'room-2');
    await client.socket.emitWithAck('leave', 'room-1');
    await until(() => client.events.filter((event) => event === 'cursor').length === 2);
    await client.cutBy(gateway);
    gateway.post(1, 'left');
    gateway.post(2, 'joined');
    await client.comeBack();
    expect(client.socket.recovered).toBe(true);
    gateway.post(1, 'left still');
    gateway.post(2, 'joined still');
    await client.sees('joined still');
    expect(client.texts).toEqual(['joined', 'joined still']);
  });

  test('[L7] begins at the head when the history was rewritten, and is recovered from then on', async () => {
    const client = await connected();
    gateway.post(1, 'one');
    await client.sees('one');
    await client.cutBy(gateway);
    gateway.domain.rewrite(`room:${roomId(1)}`);
    await gateway.restart();
    gateway.post(1, 'another history');
    await client.comeBack();
    expect(client.socket.recovered).toBe(false);
    // It still hands back the old offset, which must not be taken for one of its new place.
    await client.cutBy(gateway);
    gateway.post(1, 'goes on');
    await client.comeBack();
    expect(client.socket.recovered).toBe(true);
    await client.sees('goes on');
    expect(client.texts).toEqual(['one', 'goes on']);
  });

  test('as another person is a new client', async () => {
    const client = await connected();
    gateway.post(1, 'for the first');
    await client.sees('for the first');
    await client.cutBy(gateway);
    client.socket.auth = { token: gateway.signIn(bob) };
    gateway.post(1, 'missed by nobody');
    await client.comeBack();
    expect(client.socket.recovered).toBe(false);
    gateway.post(1, 'new');
    await client.sees('new');
    expect(client.texts).toEqual(['for the first', 'new']);
  });

  test('with the place of someone else gets no right from it', async () => {
    const other = await StockClient.connected(gateway.url, { token: gateway.signIn(bob) });
    clients.push(other);
    gateway.post(3, 'not for her');
    await other.sees('not for her');
    const { _pid: pid, _lastOffset: offset } = other.socket as unknown as Record<string, string>;
    const thief = await connected({ pid, offset });
    gateway.post(3, 'neither');
    gateway.post(1, 'for her');
    await thief.sees('for her');
    expect(thief.socket.recovered).toBe(false);
    expect(thief.texts).toEqual(['for her']);
  });

  test('after events of more logs than an offset may name is a new client', async () => {
    await gateway.close();
    gateway = await OpenGateway.open({ limits: { offsetLogs: 1 } });
    token = gateway.signIn(ada);
    const client = await connected();
    gateway.post(1, 'one');
    await client.sees('one');
    await client.cutBy(gateway);
    await client.comeBack();
    expect(client.socket.recovered).toBe(true);
    gateway.post(2, 'two');
    await client.sees('two');
    await client.cutBy(gateway);
    await client.comeBack();
    expect(client.socket.recovered).toBe(false);
    gateway.post(2, 'three');
    await client.sees('three');
    expect(client.texts).toEqual(['one', 'two', 'three']);
  });
});
