import { inboxLog, roomLog } from '@confab/protocol';
import { createClient } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeCursor } from '../../session/index.ts';
import { ada, roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { type Message, RawSocket } from './testing/raw-socket.ts';

let gateway: OpenGateway;
afterEach(() => gateway.close());

const listen =
  'subscription ($room: String!, $after: String) { messages(room: $room, after: $after) { seq text cursor } }';
const hearAll =
  'subscription ($rooms: [String!], $after: String) { events(rooms: $rooms, after: $after) { event log seq data cursor } }';

async function signedIn(token = gateway.signIn()): Promise<RawSocket> {
  return RawSocket.signedIn(gateway.url, token);
}

interface Told {
  readonly seq: number;
  readonly text: string;
  readonly cursor: string;
  readonly event: string;
  readonly log: string | null;
}

const told = (messages: readonly Message[]): Told[] =>
  messages.flatMap(({ payload }) => {
    const { data } = payload as { data?: { messages?: Told; events?: Told } };
    return data ? [(data.messages ?? data.events) as Told] : [];
  });
const seqs = (client: RawSocket, id = '1') => told(client.all('next', id)).map(({ seq }) => seq);
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

async function cursorOf(client: RawSocket, room?: string): Promise<string> {
  const id = `cursor ${client.heard.length}`;
  client.subscribe(id, 'query ($room: String) { cursor(room: $room) }', { room });
  const { payload } = await client.hears('next', id);
  return (payload as { data: { cursor: string } }).data.cursor;
}

const post = (count: number, room = 1, text = 'm') => {
  for (let index = 0; index < count; index += 1) gateway.post(room, `${text}${index}`);
};

describe('messages', () => {
  test.each([0, 1, 100, 1_300])(
    '[L4] [L7] after a cursor tell the %i missed once, in order, and go on',
    async (missed) => {
      gateway = await OpenGateway.open();
      const client = await signedIn();
      const after = await cursorOf(client, 'room-1');
      post(missed);
      client.subscribe('1', listen, { room: 'Home/room-1', after });
      post(3);
      await until(() => seqs(client).at(-1) === missed + 3);
      expect(seqs(client)).toEqual(upTo(missed + 3));
      client.close();
    },
  );

  test('[L7] the cursor of each is where the next begin', async () => {
    gateway = await OpenGateway.open();
    const client = await signedIn();
    const after = await cursorOf(client, 'room-1');
    post(5);
    client.subscribe('1', listen, { room: 'room-1', after });
    await until(() => seqs(client).length === 5);
    for (const [index, { cursor }] of told(client.all('next', '1')).entries()) {
      client.subscribe(`from ${index}`, listen, { room: 'room-1', after: cursor });
      await until(() => seqs(client, `from ${index}`).length === 4 - index);
    }
    post(1);
    await until(() => seqs(client, 'from 4').includes(6));
    for (const index of upTo(4, 0)) expect(seqs(client, `from ${index}`)).toEqual(upTo(6, index + 2));
    client.close();
  });

  test('[L7] many times over on one connection have each their own position', async () => {
    gateway = await OpenGateway.open();
    const client = await signedIn();
    const after = await cursorOf(client, 'room-1');
    post(1_200);
    client.subscribe('now', listen, { room: 'room-1' });
    client.subscribe('all', listen, { room: 'room-1', after });
    client.subscribe('again', listen, { room: 'room-1', after });
    await until(() => seqs(client, 'all').length >= 1_200 && seqs(client, 'again').length >= 1_200);
    client.send({ type: 'complete', id: 'all' });
    await client.settled();
    post(2);
    await until(() => seqs(client, 'now').length === 2 && seqs(client, 'again').length === 1_202);
    expect(seqs(client, 'again')).toEqual(upTo(1_202));
    expect(seqs(client, 'all')).toEqual(upTo(1_200));
    expect(seqs(client, 'now')).toEqual([1_201, 1_202]);
    client.close();
  });

  test('[L4] that are ended while they begin leave nothing listened to', async () => {
    gateway = await OpenGateway.open();
    const client = await signedIn();
    const after = await cursorOf(client, 'room-1');
    post(1_200);
    for (const id of ['a', 'b', 'c']) {
      client.subscribe(id, listen, { room: 'room-1', after });
      client.send({ type: 'complete', id });
    }
    await client.settled();
    await until(() => gateway.engine.stats().listeners === 0);
    client.subscribe('d', listen, { room: 'room-1', after });
    await until(() => seqs(client, 'd').length === 1_200);
    expect(seqs(client, 'd')).toEqual(upTo(1_200));
    client.close();
  });

  test('[L1] of a history that was rewritten say so instead of leaving something out', async () => {
    gateway = await OpenGateway.open();
    post(3);
    const client = await signedIn();
    const after = await cursorOf(client, 'room-1');
    gateway.domain.rewrite(roomLog(roomId(1)));
    client.subscribe('1', listen, { room: 'room-1', after });
    expect(await client.hears('next', '1')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'invalid-params' } }] },
    });
    await client.hears('complete', '1');
    client.close();
  });

  test('[S1] [L9] wait for a client that does not read, and come whole when it does', async () => {
    gateway = await OpenGateway.open();
    const [slow, quick] = [await signedIn(), await signedIn()];
    for (const client of [slow, quick]) client.subscribe('1', listen, { room: 'room-1' });
    await until(() => {
      post(1);
      return seqs(slow).length > 0 && seqs(quick).length > 0;
    });
    const first = Math.max(seqs(slow)[0] ?? 0, seqs(quick)[0] ?? 0);
    slow.socket.pause();
    const text = 'x'.repeat(9_000);
    const last = () => gateway.domain.logs.get(roomLog(roomId(1)))?.events.length ?? 0;
    for (let round = 0; round < 60; round += 1) {
      post(50, 1, text);
      await until(() => seqs(quick).at(-1) === last());
    }
    const { lagging, maxBytesQueued } = gateway.engine.stats();
    expect(lagging).toBe(1);
    expect(maxBytesQueued).toBeGreaterThan(64 * 1024);
    expect(maxBytesQueued).toBeLessThan(2 * 1024 * 1024);
    slow.socket.resume();
    await until(
      () => {
        void gateway.time.advance(1_000);
        return seqs(slow).at(-1) === last();
      },
      undefined,
      25_000,
    );
    expect(seqs(slow).filter((seq) => seq >= first)).toEqual(upTo(last(), first));
    slow.close();
    quick.close();
  });
});

describe('events', () => {
  test('of all rooms and the inbox are told, rooms that one comes into as well', async () => {
    gateway = await OpenGateway.open();
    const client = await signedIn();
    client.subscribe('1', hearAll);
    await until(() => {
      gateway.post(2, 'knock');
      return client.all('next', '1').length > 0;
    });
    gateway.post(1, 'one');
    gateway.addTo(3, ada);
    await until(() => told(client.all('next', '1')).some(({ event }) => event === 'inbox.room-added'));
    await client.settled();
    gateway.post(3, 'three');
    await until(() => told(client.all('next', '1')).some(({ log }) => log === roomLog(roomId(3))));
    expect(told(client.all('next', '1')).filter(({ log }) => log !== roomLog(roomId(2)))).toMatchObject([
      { event: 'message.posted', log: roomLog(roomId(1)), seq: 1 },
      { event: 'inbox.room-added', log: inboxLog(ada), seq: 1 },
      { event: 'message.posted', log: roomLog(roomId(3)), seq: 1 },
    ]);
    client.close();
  });

  test('of some rooms are told, and of no others', async () => {
    gateway = await OpenGateway.open();
    const client = await signedIn();
    client.subscribe('1', hearAll, { rooms: ['room-2'] });
    await until(() => {
      gateway.post(1, 'no');
      gateway.post(2, 'yes');
      return client.all('next', '1').length > 3;
    });
    expect(new Set(told(client.all('next', '1')).map(({ log }) => log))).toEqual(new Set([roomLog(roomId(2))]));
    client.close();
  });

  test.each([[['room-3']], [[roomId(3)]], [['no such room']]])(
    '[L11] of %s, which are not one’s own, are refused',
    async (rooms) => {
      gateway = await OpenGateway.open();
      const client = await signedIn();
      client.subscribe('1', hearAll, { rooms });
      expect(await client.hears('next', '1')).toMatchObject({
        payload: { errors: [{ extensions: { code: 'not-found' } }] },
      });
      client.close();
    },
  );

  test('[L4] [L7] go on from every cursor without a gap and without doubles', async () => {
    gateway = await OpenGateway.open();
    const first = await signedIn();
    const after = await cursorOf(first);
    post(3);
    gateway.addTo(3, ada);
    post(2, 3);
    post(2, 2);
    const keysOf = (client: RawSocket, id: string) =>
      told(client.all('next', id)).map(({ log, seq }) => `${log} ${seq}`);
    first.subscribe('1', hearAll, { after });
    await until(() => keysOf(first, '1').length === 8);
    const all = keysOf(first, '1');
    expect(new Set(all).size).toBe(8);
    for (const [index, { cursor }] of told(first.all('next', '1')).entries()) {
      const client = await signedIn();
      client.subscribe('1', hearAll, { after: cursor });
      await until(() => keysOf(client, '1').length >= 7 - index);
      await client.settled();
      expect(new Set(keysOf(client, '1'))).toEqual(new Set(all.slice(index + 1)));
      expect(keysOf(client, '1')).toHaveLength(7 - index);
      client.close();
    }
    first.close();
  });

  test('have a cursor that names the rooms in which nothing happened', async () => {
    gateway = await OpenGateway.open();
    const client = await signedIn();
    client.subscribe('1', hearAll);
    await until(() => {
      gateway.post(1, 'knock');
      return client.all('next', '1').length > 0;
    });
    const positions = decodeCursor(told(client.all('next', '1')).at(-1)?.cursor ?? '');
    expect(new Set(positions?.keys())).toEqual(new Set([inboxLog(ada), roomLog(roomId(1)), roomLog(roomId(2))]));
    client.close();
  });
});

describe('the stock client', () => {
  test('[L7] that subscribes again by itself with its last cursor misses nothing', async () => {
    gateway = await OpenGateway.open();
    const sockets: WebSocket[] = [];
    class KnownSocket extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        sockets.push(this);
      }
    }
    const client = createClient({
      url: `${gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: KnownSocket,
      connectionParams: { token: gateway.signIn() },
      retryWait: async () => {},
    });
    const ready = await client.iterate<{ cursor: string }>({ query: '{ cursor(room: "room-1") }' }).next();
    const variables = { room: 'room-1', after: ready.value?.data?.cursor };
    const heard: number[] = [];
    const end = client.subscribe<{ messages: Told }>(
      { query: listen, variables },
      {
        next: ({ data }) => {
          if (!data) return;
          variables.after = data.messages.cursor;
          heard.push(data.messages.seq);
        },
        error: () => {},
        complete: () => {},
      },
    );
    for (let round = 1; round <= 5; round += 1) {
      post(10);
      await until(() => heard.at(-1) === round * 20 - 10);
      sockets.at(-1)?.terminate();
      post(10);
      await until(() => heard.at(-1) === round * 20);
    }
    expect(heard).toEqual(upTo(100));
    end();
    await client.dispose();
  });
});
