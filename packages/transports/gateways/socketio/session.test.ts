import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ada, bob, roomId, spaces } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { RawPoller, RawSocket } from './testing/raw-clients.ts';
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

async function connected(
  auth: object = {},
  { namespace = '', ...options }: Partial<Record<'namespace', string>> & { transports?: string[] } = {},
) {
  const client = await StockClient.connected(`${gateway.url}${namespace}`, { token, ...auth }, options);
  clients.push(client);
  return client;
}

async function reopened(...bounds: Parameters<typeof OpenGateway.open>) {
  await gateway.close();
  gateway = await OpenGateway.open(...bounds);
  token = gateway.signIn(ada);
}

describe('a client of Socket.IO', () => {
  test('[L3] posts, is answered when it is stored, and hears its own like everyone else', async () => {
    const [client, other] = [await connected({ room: 'room-1' }), await connected()];
    const answer = await client.socket.emitWithAck('message', 'hello');
    expect(answer).toEqual({ ok: true, id: 'm-hello', seq: 1, epoch: 1, postedAt: 1_700_000_000_000 });
    const again = await client.socket.emitWithAck('message', { room: 'Home/room-2', text: 'again', clientId: 'c-1' });
    expect(again.ok).toBe(true);
    await other.sees('again');
    await client.sees('hello');
    expect(other.messages[1]).toEqual({
      id: 'm-again',
      room: roomId(2),
      seq: 1,
      epoch: 1,
      author: ada,
      clientId: 'c-1',
      text: 'again',
      at: 1_700_000_000_000,
    });
    expect(client.texts).toEqual(['hello']);
  });

  test('hears every other event under its own name, with its frame', async () => {
    const client = await connected();
    gateway.append(`room:${roomId(1)}`, 'message.edited', { id: 'm-1', text: 'new' }, bob);
    await until(() => client.events.includes('message.edited'));
    expect(client.heard[0]?.args[0]).toMatchObject({ event: 'message.edited', seq: 1, by: bob, data: { text: 'new' } });
  });

  test('[E1] says and hears what is ephemeral, which is no place to come back to', async () => {
    const [client, other] = [await connected(), await connected()];
    client.socket.volatile.emit('typing.set', { room: roomId(1), typing: true });
    await until(() => other.events.includes('typing.changed'));
    expect(other.heard.at(-1)?.args).toEqual([
      { event: 'typing.changed', log: `room:${roomId(1)}`, at: 1, data: { user: ada, typing: true } },
    ]);
  });

  test('chooses what it hears of with join and leave, and stays in its rooms', async () => {
    const client = await connected({ rooms: ['room-1'] });
    gateway.post(2, 'not chosen');
    expect(await client.socket.emitWithAck('join', 'room-2')).toEqual({ ok: true, room: roomId(2) });
    gateway.post(2, 'chosen');
    await client.sees('chosen');
    expect(await client.socket.emitWithAck('leave', roomId(2))).toEqual({ ok: true, room: roomId(2) });
    gateway.post(2, 'left');
    gateway.post(1, 'the end');
    await client.sees('the end');
    expect(client.texts).toEqual(['chosen', 'the end']);
    expect(await client.socket.emitWithAck('message', { room: 'room-2', text: 'still in' })).toMatchObject({
      ok: true,
    });
  });

  test('that hears everything leaves one room and takes it up again', async () => {
    const client = await connected();
    await client.socket.emitWithAck('leave', 'room-1');
    gateway.post(1, 'not heard');
    await client.socket.emitWithAck('join', 'room-1');
    gateway.post(1, 'heard');
    await client.sees('heard');
    expect(client.texts).toEqual(['heard']);
  });

  test('in a space’s namespace hears and reaches only that', async () => {
    const client = await connected({}, { namespace: '/home' });
    gateway.post(100, 'elsewhere');
    gateway.post(1, 'here');
    await client.sees('here');
    expect(client.texts).toEqual(['here']);
    for (const room of ['room-100', roomId(100), `${spaces[1]?.name}/room-100`]) {
      const answer = await client.socket.emitWithAck('message', { room, text: 'x' });
      expect(answer.error.code).toBe('not-found');
    }
    gateway.append(`inbox:${ada}`, 'inbox.read', { room: roomId(100), readSeq: 1, readCount: 1 });
    gateway.append(`inbox:${ada}`, 'inbox.read', { room: roomId(1), readSeq: 1, readCount: 1 });
    gateway.append(`inbox:${ada}`, 'inbox.profile-changed', { me: {} });
    await until(() => client.events.includes('inbox.profile-changed'));
    expect(client.events).toEqual(['message', 'inbox.read', 'inbox.profile-changed']);
  });

  test('is told of a room that it is added to, and hears it, in the namespace of its space only', async () => {
    const [all, home, team] = [
      await connected(),
      await connected({}, { namespace: '/home' }),
      await connected({}, { namespace: `/${spaces[1]?.id}` }),
    ];
    gateway.addTo(3, ada);
    gateway.post(3, 'welcome');
    gateway.post(100, 'the end');
    await Promise.all([all.sees('welcome'), home.sees('welcome'), team.sees('the end')]);
    expect(team.events).toEqual(['message']);
  });

  test('[L10] hears no more of a room that it was removed from', async () => {
    const client = await connected();
    gateway.removeFrom(2, ada);
    gateway.post(2, 'secret');
    gateway.post(1, 'open');
    await client.sees('open');
    expect(client.texts).toEqual(['open']);
    expect(client.events).toContain('inbox.room-removed');
  });

  test('is put out of the namespace of a space that it was removed from', async () => {
    const client = await connected({}, { namespace: '/home' });
    gateway.removeFromSpace(0, ada);
    await until(() => !client.socket.connected);
    expect(client.disconnects).toEqual(['io server disconnect']);
    expect(client.events).toEqual(['inbox.space-removed']);
  });

  test('in two namespaces over one connection hears each in its own', async () => {
    const client = await connected();
    const home = client.socket.io.socket('/home', { auth: { token } });
    const heard: string[] = [];
    home.on('message', ({ text }) => heard.push(text));
    await until(() => home.connected);
    gateway.post(100, 'team');
    gateway.post(1, 'home');
    await client.sees('home');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['home']);
    expect(client.texts).toEqual(['team', 'home']);
    home.disconnect();
    gateway.post(1, 'on');
    await client.sees('on');
  });
});

describe.each(['polling', 'websocket'])('[H8] a session that is signed out, over %s', (transport) => {
  test('is cut at once, is told why, and hears nothing more', async () => {
    const client = await connected({}, { transports: [transport] });
    gateway.post(1, 'heard');
    await client.sees('heard');
    gateway.signOut(token);
    gateway.post(1, 'not heard');
    await until(() => !client.socket.connected);
    expect(client.disconnects).toEqual(['io server disconnect']);
    expect(client.texts).toEqual(['heard']);
    expect(client.heard.at(-1)).toEqual({
      event: 'connection.closing',
      args: [{ event: 'connection.closing', data: { reason: 'session-revoked', reconnect: null } }],
    });
    expect(client.socket.active).toBe(false);
    client.socket.connect();
    await until(() => client.refusals.length > 0);
    expect(client.refusals[0]?.data?.code).toBe('unauthenticated');
  });
});

test('[H8] a polled session that is signed out between two polls is told with the next, and then is gone', async () => {
  const poller = await RawPoller.open(gateway.url);
  await poller.send(`40${JSON.stringify({ token })}`);
  await poller.pollFor('40');
  gateway.signOut(token);
  gateway.post(1, 'not heard');
  await poller.pollFor('41');
  expect(poller.packets.join()).not.toContain('not heard');
  expect(poller.packets.join()).toContain('session-revoked');
  // At most one more poll is answered, with the goodbye.
  await poller.poll();
  expect((await poller.poll()).status).toBe(400);
});

test('[H8] of two people on one connection only the one who is signed out is cut', async () => {
  const socket = await RawSocket.connect(gateway.url, token);
  socket.send(`40/home,${JSON.stringify({ token: gateway.signIn(bob) })}`);
  await socket.heard('40/home,');
  gateway.signOut(token);
  await socket.heard('41');
  gateway.post(1, 'for bob');
  await socket.heard('42/home,["message",{"id":"m-for bob"');
  expect(socket.packets.filter((each) => each.startsWith('42["message"'))).toEqual([]);
  socket.cut();
});

describe('a client that cannot come in now', () => {
  test('[H6] comes back by itself after the server said that it restarts', async () => {
    const client = await connected();
    const drained = gateway.engine.drain();
    await until(() => client.disconnects.length > 0);
    expect(client.disconnects[0]).toMatch(/^transport (close|error)$/);
    expect(client.heard.at(-1)?.args[0]).toMatchObject({ data: { reason: 'draining', reconnect: { minMs: 250 } } });
    await gateway.time.advance(20_000);
    await drained;
    await gateway.restart();
    await until(() => client.socket.connected);
  });

  test('is not refused but cut off, so that it tries again', async () => {
    await reopened({ engine: { connections: 1 } });
    const first = await connected();
    const second = new StockClient(gateway.url, { token });
    clients.push(second);
    const attempts: number[] = [];
    second.socket.io.on('reconnect_attempt', (attempt) => attempts.push(attempt));
    await until(() => attempts.length >= 2);
    expect(second.refusals.filter(({ data }) => data !== undefined)).toEqual([]);
    first.socket.disconnect();
    await until(() => second.socket.connected);
  });

  test('[H2] and never says who it is loses its place', async () => {
    await reopened({ limits: { signInMs: 50, closingMs: 50 } });
    const socket = await RawSocket.open(gateway.url);
    const poller = await RawPoller.open(gateway.url);
    await until(() => socket.closed);
    await poller.poll();
    expect((await poller.poll()).status).toBe(400);
  });

  test('is told so before it takes a place, when too many have not said who they are', async () => {
    await reopened({ limits: { strangersPerAddress: 2 } });
    const sockets = [await RawSocket.open(gateway.url), await RawSocket.open(gateway.url)];
    const third = new RawSocket(gateway.url);
    await until(() => third.closed);
    expect(third.status).toBe(503);
    await expect(RawPoller.open(gateway.url)).rejects.toThrow();
    sockets[0]?.send(`40${JSON.stringify({ token })}`);
    await sockets[0]?.heard('40');
    const fourth = await RawSocket.open(gateway.url);
    expect(fourth.packets).toHaveLength(1);
    for (const socket of [...sockets, fourth]) socket.cut();
  });
});
