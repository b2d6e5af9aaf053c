import type { MessageId, RoomId, ThreadState, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { describe, expect, it } from 'vitest';
import type { Timeline } from '../api.ts';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

async function setUp() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  const root = room.post(ada, 'root', 'question').id;
  room.post(ben, 'r1', 'answer', { thread: root });
  const device = await onlineDevice(server, ada);
  const timeline = device.confab.rooms.timeline(room.info.id);
  const thread = device.confab.threads.timeline(room.info.id, root);
  return { server, ada, ben, room, root, ...device, timeline, thread };
}

const texts = (timeline: Timeline) =>
  timeline.get().items.map((item) => (item.kind === 'notice' ? item.notice.event : textOf(item)));
const textOf = (item: { kind: 'pending'; text: string } | { kind: 'message'; message: { text: string } }) =>
  item.kind === 'pending' ? item.text : item.message.text;

describe('a thread’s timeline', () => {
  it('holds the replies and what they reply to, and goes on with what happens', async () => {
    const { room, ben, root, timeline, thread } = await setUp();
    timeline.open();
    thread.open();
    await settled();
    expect([texts(timeline), texts(thread)]).toEqual([['room.created', 'question'], ['answer']]);
    room.post(ben, 'r2', 'another', { thread: root });
    room.post(ben, 'r3', 'for all', { thread: root, alsoInRoom: true });
    room.post(ben, 'm1', 'else');
    room.edit(ben, root, 'the question');
    await settled();
    expect(texts(timeline)).toEqual(['room.created', 'the question', 'for all', 'else']);
    expect(texts(thread)).toEqual(['answer', 'another', 'for all']);
    expect(thread.get().root?.message).toMatchObject({ text: 'the question', replies: { count: 3 } });
  });

  it('says where reading goes on when it is opened', async () => {
    const { server, ada, ben, room, root, confab, thread } = await setUp();
    room.post(ben, 'r2', 'another', { thread: root });
    const told = { root, room: room.info.id, following: true, readIndex: 1, replies: 2 };
    server.log(inboxLog(ada))?.append('inbox.thread-changed', ada, told);
    await settled();
    const close = thread.open();
    await settled();
    expect(thread.get().readUpTo).toBe(room.messages().find(({ text }) => text === 'answer')?.seq);
    close();
    confab.threads.markRead(root, 2);
    thread.open();
    await settled();
    expect(thread.get().readUpTo).toBeNull();
  });

  it('takes a post as a reply, which has the same key before and after it is posted', async () => {
    const { room, root, timeline, thread, server } = await setUp();
    timeline.open();
    thread.open();
    await settled();
    const [connection] = server.connections;
    if (connection === undefined) throw new Error('not connected');
    connection.held = true;
    const key = thread.post('mine');
    expect(texts(thread)).toEqual(['answer', 'mine']);
    expect(texts(timeline)).toEqual(['room.created', 'question']);
    await settled();
    connection.held = false;
    connection.release();
    await settled();
    expect(texts(thread)).toEqual(['answer', 'mine']);
    expect(thread.get().items.at(-1)).toMatchObject({ kind: 'message', key, send: { status: 'delivered' } });
    expect(room.messages().at(-1)).toMatchObject({ text: 'mine', thread: root });
  });

  it('shows in the room what is posted for the room too', async () => {
    const { timeline, thread } = await setUp();
    timeline.open();
    thread.open();
    await settled();
    thread.post('for all', { alsoInRoom: true });
    expect(texts(timeline)).toContain('for all');
    await settled();
    expect([texts(timeline).at(-1), texts(thread).at(-1)]).toEqual(['for all', 'for all']);
  });

  it('keeps the room live while one of the two is open', async () => {
    const { server, room, timeline, thread } = await setUp();
    const level = () => [...server.connections][0]?.levels.get(room.log.id);
    const closeRoom = timeline.open();
    const closeThread = thread.open();
    await settled();
    closeRoom();
    await settled();
    expect(level()).toBe('live');
    closeThread();
    await settled();
    expect(level()).toBe('passive');
  });

  it('reads nothing in the room when a reply is sent that waited', async () => {
    const { server, ports, thread, room, ben, confab } = await setUp();
    const close = thread.open();
    await settled();
    server.reachable = false;
    server.cut();
    thread.post('later');
    close();
    room.post(ben, 'm1', 'meanwhile');
    server.reachable = true;
    await ports.time.advance(60_000);
    expect(texts(thread)).toContain('later');
    expect(confab.rooms.room(room.info.id).get()?.unread).toBe(1);
  });
});

describe('a mention in a thread', () => {
  it('stays when its room is read, and goes when the thread is read, on every device', async () => {
    const { server, ada, ben, room, root, confab } = await setUp();
    const other = await onlineDevice(server, ada);
    const counts = () => [confab, other.confab].map(({ rooms }) => rooms.room(room.info.id).get()?.mentions);
    server.run(ben, 'message.post', { room: room.info.id, clientId: 'r2', text: '@ada', thread: root });
    await settled();
    confab.rooms.markRead(room.info.id);
    await settled();
    expect(counts()).toEqual([1, 1]);
    const thread = confab.threads.timeline(room.info.id, root);
    thread.open();
    await settled();
    confab.threads.markRead(root, 1);
    expect(counts()).toEqual([1, 1]);
    confab.threads.markRead(root, 2);
    expect(counts()).toEqual([0, 1]);
    await settled();
    expect(counts()).toEqual([0, 0]);
  });
});

describe('a quote', () => {
  it('comes with the page, and stays as what it quotes', async () => {
    const { room, ben, root, timeline } = await setUp();
    for (let count = 0; count < 60; count += 1) room.post(ben, `m${count}`, `text ${count}`);
    room.post(ben, 'q', 'about that', { quote: root });
    timeline.open();
    await timeline.jumpToLatest();
    const last = () => timeline.get().items.at(-1);
    expect(last()).toMatchObject({ quoted: { text: 'question' } });
    const before = last();
    room.post(ben, 'x', 'more');
    await settled();
    expect(timeline.get().items.at(-2)).toBe(before);
    room.edit(ben, root, 'the question');
    await settled();
    expect(timeline.get().items.at(-2)).toMatchObject({ quoted: { text: 'the question' } });
    room.remove(ben, root);
    await settled();
    expect(timeline.get().items.at(-2)).toMatchObject({ quoted: { text: '', deletedAt: expect.any(Number) } });
  });

  it('of what is not loaded is asked for once, and says so when it cannot be seen', async () => {
    const { room, ben, root, timeline, server } = await setUp();
    for (let count = 0; count < 60; count += 1) room.post(ben, `m${count}`, `text ${count}`);
    timeline.open();
    await timeline.jumpToLatest();
    server.asked.length = 0;
    room.post(ben, 'q1', 'about that', { quote: root });
    room.post(ben, 'q2', 'and again', { quote: root });
    room.post(ben, 'q3', 'and this', { quote: `${room.info.id}-999` as MessageId });
    await settled();
    expect(timeline.get().items.slice(-3)).toMatchObject([
      { quoted: { text: 'question' } },
      { quoted: { text: 'question' } },
      { quoted: null },
    ]);
    expect(server.asked.filter((command) => command === 'message.show')).toHaveLength(2);
  });
});

describe('followed threads', () => {
  const state = (room: RoomId, root: MessageId, rest: Partial<ThreadState>): ThreadState => ({
    ...{ root, room, following: true, readIndex: 0, replies: 1 },
    ...rest,
  });
  const tell = (server: FakeServer, user: UserId, data: ThreadState) =>
    server.log(inboxLog(user))?.append('inbox.thread-changed', user, data);

  it('are unread as the first screen and the inbox say', async () => {
    const { server, ada, room, root } = await setUp();
    server.threads.set(`${ada} ${root}`, state(room.info.id, root, {}));
    const { confab } = await onlineDevice(server, ada);
    expect(confab.threads.unread.get()).toEqual([state(room.info.id, root, {})]);
    tell(server, ada, state(room.info.id, root, { readIndex: 1 }));
    await settled();
    expect(confab.threads.unread.get()).toEqual([]);
    tell(server, ada, state(room.info.id, root, { readIndex: 1, replies: 2 }));
    await settled();
    expect(confab.threads.unread.get()).toHaveLength(1);
    server.log(inboxLog(ada))?.append('inbox.room-removed', ada, { room: room.info.id, reason: 'left' });
    await settled();
    expect(confab.threads.unread.get()).toEqual([]);
  });

  it('are read at once, and the server is told where that ends', async () => {
    const { server, ada, room, root, confab } = await setUp();
    tell(server, ada, state(room.info.id, root, { replies: 3 }));
    server.threads.set(`${ada} ${root}`, state(room.info.id, root, { replies: 3 }));
    await settled();
    server.asked.length = 0;
    for (const index of [1, 2, 3]) confab.threads.markRead(root, index);
    expect(confab.threads.unread.get()).toEqual([]);
    await settled();
    expect(server.asked).toEqual(['thread.mark-read', 'thread.mark-read']);
    expect(server.threads.get(`${ada} ${root}`)?.readIndex).toBe(3);
  });

  it('that were read without a connection are told when it is back', async () => {
    const { server, ada, ports, room, root, confab } = await setUp();
    tell(server, ada, state(room.info.id, root, { replies: 3 }));
    server.threads.set(`${ada} ${root}`, state(room.info.id, root, { replies: 3 }));
    await settled();
    server.reachable = false;
    server.cut();
    confab.threads.markRead(root, 3);
    await ports.time.advance(30_000);
    expect(server.threads.get(`${ada} ${root}`)?.readIndex).toBe(0);
    server.reachable = true;
    await ports.time.advance(60_000);
    expect(server.threads.get(`${ada} ${root}`)?.readIndex).toBe(3);
    expect(confab.threads.unread.get()).toEqual([]);
  });

  it('that are not known are asked for', async () => {
    const { confab, root } = await setUp();
    await settled();
    expect(confab.threads.state(root).get()).toMatchObject({ following: false, replies: 1 });
  });
});
