import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as inFolder } from 'node:path';
import type { ClientId, LoggedEvent, MessageId, RoomId, SpaceId } from '@confab/protocol';
import { configWith, type RunningServer, startServer } from '@confab/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Confab } from './api.ts';
import { type Broadcast, createBroadcasts } from './broadcasts/index.ts';
import { createConfab } from './index.ts';
import { FileOutbox } from './node/index.ts';
import { linesOf } from './testing/device.ts';
import { type SwitchablePorts, switchablePorts } from './testing/switchable-ports.ts';

const password = 'correct horse battery staple';
const fast = { perSecond: 100_000, burst: 100_000 };
const chatLimits = { rates: { post: fast, write: fast, read: fast } };

let data: string;
let server: RunningServer;
let port = 0;
let space: SpaceId;
let invite: string;
const clients: Confab[] = [];

async function start(): Promise<void> {
  server = await startServer(configWith({ data, port, host: '127.0.0.1', logLevel: 'silent' }), { chatLimits });
  port = server.port;
}

const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

interface Device {
  confab: Confab;
  ports: SwitchablePorts;
}

function device(token?: string, outbox?: FileOutbox): Device {
  const ports = switchablePorts();
  const given = { ...(token === undefined ? {} : { token }), ...(outbox === undefined ? {} : { outbox }) };
  const confab = createConfab({ url: server.url, ports, clientName: 'test', ...given });
  clients.push(confab);
  return { confab, ports };
}

const online = ({ confab }: Device) => eventually(() => expect(confab.connection.get().status).toBe('online'));

/** Someone new, signed in on a device of their own; with the token for another. */
async function join(handle: string): Promise<Device & { token: string }> {
  const parts = device();
  const { token = '' } = await parts.confab.account.signUp({ handle, name: handle, password, invite });
  parts.confab.start();
  await online(parts);
  return { ...parts, token };
}

/** All messages of a room as the server has them, as `linesOf` shows them. */
async function linesOfServer(confab: Confab, room: RoomId): Promise<string[]> {
  const lines: { seq: number; line: string }[] = [];
  for (let after = 0; ; ) {
    const page = await confab.call('message.list', { room, after, limit: 100 });
    for (const { seq, event } of page.notices) lines.push({ seq, line: `${seq} ${event}` });
    for (const { seq, text, editedAt, deletedAt } of page.messages) {
      const edited = editedAt === null ? '' : ' (edited)';
      lines.push({ seq, line: deletedAt === null ? `${seq} ${text}${edited}` : `${seq} (deleted)` });
    }
    if (!page.later) break;
    after = page.toSeq;
  }
  return lines.sort((a, b) => a.seq - b.seq).map(({ line }) => line);
}

async function wholeTimeline(confab: Confab, room: RoomId): Promise<string[]> {
  const timeline = confab.rooms.timeline(room);
  while (timeline.get().later) await timeline.loadLater();
  while (timeline.get().earlier) await timeline.loadEarlier();
  return linesOf(timeline);
}

beforeAll(async () => {
  data = await mkdtemp(inFolder(tmpdir(), 'confab-client-'));
  await start();
  const owner = device();
  await owner.confab.account.setUp({ handle: 'owner', name: 'Owner', password, space: 'Team' });
  owner.confab.start();
  await online(owner);
  space = owner.confab.spaces.list.get()[0]?.id as SpaceId;
  invite = (await owner.confab.spaces.createInvite(space)).token;
});

afterAll(async () => {
  for (const confab of clients) await confab.stop();
  await server.close();
  await rm(data, { recursive: true, force: true });
});

describe('a client and the real server', () => {
  it('[B1] [B2] carries broadcasts to the others in the room, all of them, and none back to where it came from', async () => {
    const [ada, ben] = [await join('ann'), await join('bea')];
    const { info } = await ada.confab.rooms.create(space, { name: 'board', visibility: 'public' });
    await ben.confab.rooms.join(info.id);
    const second = device(ada.token);
    second.confab.start();
    await online(second);
    const rooms = [ada, ben, second].map(({ confab }) => createBroadcasts(confab, info.id));
    const heard: Broadcast['data'][][] = rooms.map((room) => {
      const own: Broadcast['data'][] = [];
      room.on(({ name, data: told }) => own.push([name, told]));
      return own;
    });
    const [first] = rooms;
    await eventually(async () => {
      await first?.send('ready', true);
      for (const own of heard.slice(1)) expect(own.length).toBeGreaterThan(0);
    });
    for (let count = 0; count < 5; count += 1) await first?.send('pointer', [count, 'é']);
    const pointers = Array.from({ length: 5 }, (_, count) => ['pointer', [count, 'é']]);
    for (const own of heard.slice(1)) {
      await eventually(() => expect(own.filter((each) => (each as string[])[0] === 'pointer')).toEqual(pointers));
    }
    expect(heard[0]).toEqual([]);
    for (const room of rooms) room.close();
  });

  it('tells people of each other: rooms, messages, edits, names, typing, presence and what is read', async () => {
    const [ada, ben] = [await join('ada'), await join('ben')];
    const { info } = await ada.confab.rooms.create(space, { name: 'talk', visibility: 'public' });
    await ben.confab.rooms.join(info.id);
    await eventually(() => expect(ada.confab.rooms.room(info.id).get()?.memberCount).toBe(2));
    const [a, b] = [ada.confab.rooms.timeline(info.id), ben.confab.rooms.timeline(info.id)];
    a.open();
    const close = b.open();
    a.post('hello');
    await eventually(() => expect(linesOf(b).at(-1)).toMatch(/^\d+ hello$/));
    const item = b.get().items.at(-1);
    const id = item?.kind === 'message' ? item.message.id : ('' as MessageId);
    await a.edit(id, 'hello there');
    await eventually(() => expect(linesOf(b).at(-1)).toMatch(/hello there \(edited\)$/));
    ada.confab.rooms.setTyping(info.id, true);
    await eventually(() => expect(ben.confab.rooms.typing(info.id).get()).toHaveLength(1));
    const me = ada.confab.account.state.get();
    if (me.status !== 'signed-in') throw new Error(me.status);
    const presence = ben.confab.people.presence(me.me.id);
    presence.subscribe(() => {});
    await eventually(() => expect(presence.get()?.state).toBe('online'));
    await ada.confab.account.rename('Ada L.');
    await eventually(() => expect(ben.confab.people.known.get().get(me.me.id)?.name).toBe('Ada L.'));
    close();
    a.post('one');
    a.post('two');
    await eventually(() => expect(ben.confab.rooms.room(info.id).get()?.unread).toBe(3));
    ben.confab.rooms.markRead(info.id);
    expect(ben.confab.rooms.room(info.id).get()?.unread).toBe(0);
    const other = device(ben.token);
    other.confab.start();
    await online(other);
    await eventually(() => expect(other.confab.rooms.room(info.id).get()?.unread).toBe(0));
  });

  it.each([1, 41, 129, 2_000])(
    '[L7] shows everything in order after it was away for %i events, edits and deletions among them',
    async (missed) => {
      const [ada, ben] = [await join(`away-${missed}`), await join(`here-${missed}`)];
      const { info } = await ada.confab.rooms.create(space, { name: `away-${missed}`, visibility: 'public' });
      await ben.confab.rooms.join(info.id);
      const heard: LoggedEvent[] = [];
      ada.confab.onEvent((event) => event.log === `room:${info.id}` && heard.push(event));
      ada.confab.rooms.timeline(info.id).open();
      await eventually(() => expect(linesOf(ada.confab.rooms.timeline(info.id)).length).toBeGreaterThan(1));
      ada.ports.unplug();
      await eventually(() => expect(ada.confab.connection.get().status).toBe('waiting'));
      await change(ben.confab, info.id, missed);
      ada.ports.plugIn();
      const head = (await ben.confab.call('room.show', { room: info.id })).room.position.seq;
      await eventually(() => expect(heard.at(-1)?.seq).toBe(head));
      const [first] = heard;
      expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, index) => (first?.seq ?? 0) + index));
      expect(heard.length).toBeGreaterThanOrEqual(missed);
      expect(await wholeTimeline(ada.confab, info.id)).toEqual(await linesOfServer(ben.confab, info.id));
    },
    180_000,
  );

  it('[L2] sends what was written while the server was away, once and in order, on both screens', async () => {
    const [ada, ben] = [await join('cat'), await join('dan')];
    const { info } = await ada.confab.rooms.create(space, { name: 'restarts', visibility: 'public' });
    await ben.confab.rooms.join(info.id);
    const [a, b] = [ada.confab.rooms.timeline(info.id), ben.confab.rooms.timeline(info.id)];
    a.open();
    b.open();
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 10; count += 1) a.post(`${round} before ${count}`);
      const closing = server.close();
      for (let count = 0; count < 10; count += 1) a.post(`${round} while ${count}`);
      await closing;
      for (let count = 0; count < 10; count += 1) a.post(`${round} after ${count}`);
      await start();
      for (const { ports } of [ada, ben]) ports.plugIn();
      await eventually(() => expect(ada.confab.outbox.get()).toEqual({ waiting: 0, failed: 0 }));
    }
    const said = ['before', 'while', 'after'].flatMap((when) =>
      Array.from({ length: 10 }, (_, count) => `${when} ${count}`),
    );
    const expected = [0, 1, 2].flatMap((round) => said.map((text) => `${round} ${text}`));
    const texts = (lines: string[]) =>
      lines.map((line) => line.replace(/^\d+ /, '')).filter((line) => /^\d /.test(line));
    await eventually(() => expect(texts(linesOf(b))).toEqual(expected));
    expect(texts(linesOf(a))).toEqual(expected);
    expect(await wholeTimeline(ada.confab, info.id)).toEqual(await linesOfServer(ben.confab, info.id));
  }, 180_000);

  it('hears every message of all its rooms where a program wants that, without opening any', async () => {
    const writer = await join('writer');
    const reader = await join('reader');
    await reader.confab.stop();
    const program = createConfab({ url: server.url, token: reader.token, hear: 'all-rooms' });
    clients.push(program);
    const heard: string[] = [];
    program.onEvent((event) => {
      if (event.event === 'message.posted') heard.push(event.data.text);
    });
    program.start();
    await eventually(() => expect(program.connection.get().status).toBe('online'));
    const room = writer.confab.rooms.list.get()[0]?.info.id as RoomId;
    await eventually(() => expect(program.rooms.room(room).get()).toBeDefined());
    for (const text of ['one', 'two', 'three'])
      await writer.confab.call('message.post', { room, clientId: text as ClientId, text });
    await eventually(() => expect(heard).toEqual(['one', 'two', 'three']));
  });

  it('sends what an earlier run of the program left in its file', async () => {
    const ada = await join('eve');
    const { info } = await ada.confab.rooms.create(space, { name: 'files', visibility: 'private' });
    const file = inFolder(data, 'eve.json');
    const first = device(ada.token, new FileOutbox(file));
    first.confab.start();
    await online(first);
    first.ports.unplug();
    for (const text of ['one', 'two']) first.confab.rooms.timeline(info.id).post(text);
    await eventually(async () => expect(await new FileOutbox(file).load()).toHaveLength(2));
    const second = device(ada.token, new FileOutbox(file));
    second.confab.start();
    await eventually(async () => {
      const { messages } = await ada.confab.call('message.list', { room: info.id });
      expect(messages.map(({ text }) => text)).toEqual(['one', 'two']);
    });
    await eventually(async () => expect(await new FileOutbox(file).load()).toEqual([]));
  });

  it('[H8] is signed out when the session is revoked elsewhere', async () => {
    const ada = await join('fay');
    const other = device();
    await other.confab.account.signIn({ handle: 'fay', password });
    const session = (await other.confab.account.listSessions()).find(({ current }) => !current);
    if (session === undefined) throw new Error('no other session');
    await other.confab.account.revokeSession(session.id);
    await eventually(() => expect(ada.confab.account.state.get().status).toBe('signed-out'));
    expect(ada.confab.connection.get()).toEqual({ status: 'stopped', reason: 'signed-out' });
    expect(ada.confab.rooms.list.get()).toEqual([]);
  });

  it('[L10] loses a room at once when it is removed from it', async () => {
    const [ada, ben] = [await join('gus'), await join('hal')];
    const { info } = await ada.confab.rooms.create(space, { name: 'vault', visibility: 'private' });
    const state = ben.confab.account.state.get();
    if (state.status !== 'signed-in') throw new Error(state.status);
    await ada.confab.rooms.invite(info.id, state.me.id);
    await eventually(() => expect(ben.confab.rooms.room(info.id).get()).toBeDefined());
    const timeline = ben.confab.rooms.timeline(info.id);
    timeline.open();
    await eventually(() => expect(timeline.get().status).toBe('ready'));
    await ada.confab.rooms.removeMember(info.id, state.me.id);
    await eventually(() => expect(timeline.get()).toMatchObject({ status: 'failed', items: [] }));
    expect(ben.confab.rooms.room(info.id).get()).toBeUndefined();
    await expect(timeline.jumpTo(1)).rejects.toMatchObject({ code: 'not-found' });
  });
});

/** Makes `count` events in a room: posts, and every tenth an edit or a deletion of an earlier one. */
async function change(confab: Confab, room: RoomId, count: number): Promise<void> {
  const posted: MessageId[] = [];
  for (let made = 0; made < count; ) {
    const turn = Math.min(30, count - made);
    const posts = Array.from({ length: turn }, (_, index) => {
      const text = `text ${made + index}`;
      return confab.call('message.post', { room, clientId: `c${made + index}` as never, text });
    });
    posted.push(...(await Promise.all(posts)).map(({ id }) => id));
    made += turn;
    for (let extra = 0; extra < 3 && made < count; extra += 1, made += 1) {
      const message = posted[(made * 7) % posted.length] as MessageId;
      if (extra === 2) await confab.call('message.delete', { message });
      else await confab.call('message.edit', { message, text: `edited ${made}` }).catch(() => {});
    }
  }
}
