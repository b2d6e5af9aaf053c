import type { UserId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { describe, expect, it } from 'vitest';
import { createEntrance } from '../entrance.ts';
import { createConfab, MemoryOutbox } from '../index.ts';
import { deviceOf, onlineDevice } from '../testing/device.ts';
import { fakePorts } from '../testing/fake-ports.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeBrowser } from '../testing/fake-tabs.ts';
import { FakeTime, settled } from '../testing/fake-time.ts';

function servers() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  server.addRoom('talk', ada, ben);
  server.addRoom('quiet', ben);
  return { server, ada, ben };
}

describe('an account', () => {
  it('is unknown until the server answers, then signed in, and the connection follows', async () => {
    const { server, ada } = servers();
    const { confab } = deviceOf(server, ada);
    expect(confab.account.state.get()).toEqual({ status: 'unknown' });
    expect(confab.connection.get()).toEqual({ status: 'idle' });
    confab.start();
    await settled();
    expect(confab.account.state.get()).toMatchObject({
      status: 'signed-in',
      me: { id: ada },
      instance: { name: 'Test' },
    });
    expect(confab.connection.get().status).toBe('online');
    expect(confab.rooms.list.get().map(({ info }) => info.name)).toEqual(['talk']);
    expect(confab.spaces.list.get()).toHaveLength(1);
  });

  it('[L4] follows everything with one frame after the hello', async () => {
    const { server, ada } = servers();
    server.addRoom('more', ada);
    const { ports } = await onlineDevice(server, ada);
    expect(ports.sockets.last.sent.map(({ command }) => command)).toEqual(['connection.hello', 'log.listen']);
    expect(server.asked.filter((line) => line.startsWith('listen'))).toEqual([
      'listen inbox:ada live 0',
      'listen space:space-1 live 0',
      'listen room:room-talk passive 1',
      'listen room:room-more passive 1',
    ]);
  });

  it('does not ask for everything again when the connection comes back', async () => {
    const { server, ada } = servers();
    const { ports, confab } = await onlineDevice(server, ada);
    server.cut();
    await ports.time.advance(10_000);
    expect(confab.connection.get().status).toBe('online');
    expect(server.asked.filter((name) => name === 'account.home')).toHaveLength(1);
  });

  it('tells what the instance is when nobody is signed in, and opens no connection', async () => {
    const { server } = servers();
    const { confab, ports } = deviceOf(server, null);
    confab.start();
    await settled();
    expect(confab.account.state.get()).toMatchObject({ status: 'signed-out', instance: { setUp: true } });
    expect(ports.sockets.all).toHaveLength(0);
  });

  it('signs in, and connects with the session that it got', async () => {
    const { server, ada } = servers();
    const { confab } = deviceOf(server, null);
    confab.start();
    await settled();
    await expect(confab.account.signIn({ handle: 'nobody', password: 'x' })).rejects.toMatchObject({
      name: 'ConfabError',
      code: 'wrong-credentials',
    });
    const result = await confab.account.signIn({ handle: 'ada', password: 'x' });
    expect(result.token).toBe(ada);
    await settled();
    expect(confab.account.state.get()).toMatchObject({ status: 'signed-in', me: { id: ada } });
    expect(confab.connection.get().status).toBe('online');
  });

  it('keeps trying while the server cannot be reached, and at once when the page wakes', async () => {
    const { server, ada } = servers();
    server.reachable = false;
    const { confab, ports } = deviceOf(server, ada);
    confab.start();
    await settled();
    expect(confab.account.state.get()).toEqual({ status: 'unreachable', error: null });
    await ports.time.advance(100_000);
    server.reachable = true;
    ports.wake();
    await settled();
    expect(confab.account.state.get().status).toBe('signed-in');
    expect(confab.connection.get().status).toBe('online');
  });

  it('asks anew when the page wakes while an answer is waited for that may never come', async () => {
    const { server, ada } = servers();
    const { confab, ports } = deviceOf(server, ada);
    server.silent = true;
    confab.start();
    await settled();
    expect(confab.account.state.get().status).toBe('unknown');
    server.silent = false;
    ports.wake();
    await settled();
    expect(confab.account.state.get().status).toBe('signed-in');
  });

  it('that came in through an entrance is carried over to the client, which asks for nothing twice', async () => {
    const { server, ada } = servers();
    const ports = server.serve(fakePorts());
    let asked = 0;
    const fetch: typeof ports.fetch = (url, init) => {
      if (String(url).endsWith('/account/home')) asked += 1;
      return ports.fetch(url, init);
    };
    const entrance = createEntrance({ url: 'http://confab.test', token: ada, ports: { ...ports, fetch } });
    entrance.start();
    await settled();
    expect(entrance.account.state.get()).toMatchObject({ status: 'signed-in', me: { id: ada } });
    expect(ports.sockets.all).toEqual([]);
    const confab = createConfab({ url: '', entrance, outbox: new MemoryOutbox() });
    confab.start();
    await settled();
    expect(confab.connection.get().status).toBe('online');
    expect(confab.rooms.list.get().map(({ info }) => info.name)).toEqual(['talk']);
    expect(asked).toBe(1);
  });

  it('shows a room that was on screen before it was known who is signed in', async () => {
    const { server, ada } = servers();
    const { confab } = deviceOf(server, null);
    confab.start();
    await settled();
    const [talk, quiet] = [...server.rooms.values()].map(({ info }) => confab.rooms.timeline(info.id));
    talk?.open();
    quiet?.open();
    await settled();
    await confab.account.signIn({ handle: 'ada', password: 'x' });
    await settled();
    expect(talk?.get().items).toHaveLength(1);
    expect(quiet?.get().items).toHaveLength(1);
    expect([...server.connections][0]?.levels.get('room:room-quiet')).toBe('live');
    expect(ada).toBe('ada');
  });

  it('[H8] is signed out when its session is revoked, and nothing of it stays', async () => {
    const { server, ada } = servers();
    const { confab, ports } = await onlineDevice(server, ada);
    server.people.delete(ada);
    ports.sockets.last.end(4005);
    await settled();
    expect(confab.account.state.get().status).toBe('signed-out');
    expect(confab.connection.get()).toEqual({ status: 'stopped', reason: 'signed-out' });
    expect(confab.rooms.list.get()).toEqual([]);
    expect(confab.spaces.list.get()).toEqual([]);
  });

  it('stays signed in when signing out could not be told', async () => {
    const { server, ada } = servers();
    const { confab } = await onlineDevice(server, ada);
    server.reachable = false;
    await expect(confab.account.signOut()).rejects.toMatchObject({ name: 'ConfabError', wire: null });
    expect(confab.account.state.get().status).toBe('signed-in');
  });

  it('shows a new name as soon as the inbox tells of it', async () => {
    const { server, ada } = servers();
    const { confab } = await onlineDevice(server, ada);
    const me = { id: ada, handle: 'ada', name: 'Ada L.', disabled: false };
    server.log('inbox:ada')?.append('inbox.profile-changed', ada, { me });
    await settled();
    expect(confab.account.state.get()).toMatchObject({ me: { name: 'Ada L.' } });
    expect(confab.people.known.get().get(ada)?.name).toBe('Ada L.');
  });

  it('goes to the other tabs: who signs in or out in one does so in all', async () => {
    const { server, ada } = servers();
    const browser = new FakeBrowser();
    const first = deviceOf(server, null, { tabs: browser.tab() });
    const second = deviceOf(server, ada, { tabs: browser.tab(), time: new FakeTime() });
    first.confab.start();
    await settled();
    second.confab.start();
    await settled();
    await first.confab.account.signIn({ handle: 'ada', password: 'x' });
    server.people.delete(ada);
    await first.confab.account.signOut();
    await settled();
    expect(second.confab.account.state.get().status).toBe('signed-out');
  });

  it('never lets one person’s connection serve another: it starts anew', async () => {
    const { server, ada, ben } = servers();
    const { confab, ports } = await onlineDevice(server, ada);
    const [connection] = server.connections;
    if (connection === undefined) throw new Error('not connected');
    server.cut();
    // The cookie is another one by the time the connection comes back.
    ports.sockets.onOpen = (socket) => {
      socket.open();
      const hello = socket.last('connection.hello');
      const limits = { frameBytes: 65_536, inFlight: 32, logs: 1_000 };
      const heartbeat = { intervalMs: 25_000, timeoutMs: 60_000 };
      const reconnect = { minMs: 0, maxMs: 0 };
      socket.push({
        reply: hello?.id,
        result: { version: 1, user: ben, session: 's', serverTime: 0, heartbeat, reconnect, limits },
      });
    };
    await ports.time.advance(2_500);
    const socket = ports.sockets.all[1];
    expect(socket?.sent.map(({ command }) => command)).toEqual(['connection.hello']);
    expect(server.asked.filter((name) => name === 'account.home').length).toBeGreaterThan(1);
    await confab.stop();
  });

  it('lets go of every timer when it stops, and can start again', async () => {
    const { server, ada } = servers();
    const { confab, ports } = await onlineDevice(server, ada);
    const [room] = server.rooms.values();
    if (room === undefined) throw new Error('no room');
    confab.people.presence(ada).subscribe(() => {});
    confab.rooms.timeline(room.info.id).open();
    room.post(ada, 'x', 'elsewhere');
    await settled();
    confab.rooms.markRead(room.info.id);
    confab.rooms.setTyping(room.info.id, true);
    server.refusals.push({ command: 'message.post', error: toWireError('too-many-requests') });
    confab.rooms.timeline(room.info.id).post('waits');
    await settled();
    await confab.stop();
    expect(ports.time.waiting).toBe(0);
    expect(server.connections.size).toBe(0);
    confab.start();
    await settled();
    expect(confab.connection.get().status).toBe('online');
    expect(confab.rooms.list.get()).toHaveLength(1);
  });

  it('is not signed out by a server that is only busy', async () => {
    const { server, ada } = servers();
    server.refusals.push({ command: 'account.home', error: toWireError('overloaded') });
    const { confab, ports } = deviceOf(server, ada as UserId);
    confab.start();
    await settled();
    expect(confab.account.state.get()).toMatchObject({ status: 'unreachable', error: { code: 'overloaded' } });
    await ports.time.advance(5_000);
    expect(confab.account.state.get().status).toBe('signed-in');
  });
});
