import type { InviteId, LoggedEvent, Message, MessageId, RoomId, SpaceId, UserId } from '@confab/protocol';
import { changedMessage, foldMessage, postedMessage } from '@confab/protocol/message-fold.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { hashToken } from '../tokens.ts';
import { ImportDesk } from './import-desk.ts';
import type { BroughtItem, BroughtPerson, BroughtRoom } from './moved.ts';
import { movedId } from './moved-id.ts';

const begun = 1_600_000_000_000;
const token = 'a-link-that-is-long-enough-for-it';

let test: TestChat;
let owner: TestPerson;
let space: SpaceId;
let desk: ImportDesk;
let ada: UserId;
let rooms = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  desk = new ImportDesk(test.database);
  ada = movedId<UserId>('x', 'ada', begun);
  const invite = {
    id: movedId<InviteId>('x', 'invite', begun),
    tokenHash: hashToken(token),
    hint: 'it',
  };
  const account = { handle: 'ada', name: 'Ada', kind: 'person', disabled: false } as const;
  const people: BroughtPerson[] = [{ key: 'U1', user: ada, account, role: 'member', invite }];
  for (let times = 0; times < 2; times += 1) {
    const some = times === 0 ? people : people.map(({ invite: _, ...person }) => person);
    await desk.bringPeople({ source: 'x', space, owner: owner.user, people: some, now: test.nowMs });
  }
});
afterAll(() => test.close());

const messageId = (key: string, at: number) => movedId<MessageId>('x', `${rooms}/${key}`, at);
const post = (at: number, more: Partial<Extract<BroughtItem, { what: 'post' }>> = {}): BroughtItem => ({
  what: 'post',
  at: begun + at,
  key: `0:${at}`,
  by: ada,
  message: messageId(`${at}`, begun + at),
  text: `said at ${at}`,
  ...more,
});
const idAt = (at: number) => messageId(`${at}`, begun + at);

function newRoom(): BroughtRoom {
  rooms += 1;
  return {
    key: `C${rooms}`,
    id: movedId<RoomId>('x', `room/${rooms}`, begun),
    kind: 'channel',
    visibility: 'public',
    name: `brought-${rooms}`,
    topic: '',
    createdAt: begun,
    createdBy: ada,
    archived: false,
  };
}

async function begin(room: BroughtRoom): Promise<void> {
  await desk.bringRoom({ source: 'x', space, room, now: test.nowMs });
  const members = [owner.user, ada].map((user) => ({ user, role: 'member' as const }));
  await desk.bringMembers({ room: room.id, members, at: begun });
}

async function bring(room: BroughtRoom, items: readonly BroughtItem[]) {
  const { outcomes } = await desk.bringItems({ room: room.id, items, now: test.nowMs });
  return outcomes;
}

async function finish(room: BroughtRoom): Promise<void> {
  for (let after: string | null = ''; after !== null; ) {
    after = (await desk.finishRoom({ room, after, now: test.nowMs })).after;
  }
}

const shown = async (room: BroughtRoom) =>
  (await test.do(owner, 'message.list', { room: room.id, limit: 100 })).messages;

/** The room's messages as somebody has them who heard every event. */
function replayed(events: readonly LoggedEvent[]): Message[] {
  const messages = new Map<MessageId, Message>();
  for (const event of events) {
    const changed = changedMessage(event);
    const before = changed === undefined ? undefined : messages.get(changed);
    if (before) messages.set(before.id, foldMessage(before, event, owner.user));
    if (event.event === 'message.posted') messages.set(event.data.id, postedMessage(event));
  }
  return [...messages.values()].filter(({ thread }) => thread === undefined);
}

const history = (): BroughtItem[] => [
  post(10, { mentions: [owner.user] }),
  { what: 'reaction', at: begun + 10, key: '2:10', by: ada, message: idAt(10), emoji: '👍' },
  post(20, { thread: idAt(10) }),
  post(30, { thread: idAt(20), text: 'a reply to a reply' }),
  post(40, { thread: messageId('never', 1) }),
  { what: 'edit', at: begun + 50, key: '1:10', by: ada, message: idAt(10), text: 'said otherwise' },
  { what: 'pin', at: begun + 60, key: '3:40', by: ada, message: idAt(40) },
  { what: 'pin', at: begun + 70, key: '3:x', by: ada, message: messageId('never', 1) },
  post(80, { style: 'me' }),
];

describe('a room that is brought', () => {
  it('stands in its log in the order and with the times of then, and whoever replays it has what is fetched', async () => {
    const room = newRoom();
    await begin(room);
    expect(await bring(room, history())).toEqual({
      'post:brought': 5,
      'reaction:brought': 1,
      'edit:brought': 1,
      'pin:brought': 1,
      'pin:no-message': 1,
    });
    await finish(room);
    const events = await test.events(`room:${room.id}`);
    const times = events.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(begun + 80);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const messages = await shown(room);
    expect(replayed(events)).toEqual(messages);
    expect(messages.map(({ postedAt, text }) => [postedAt - begun, text])).toEqual([
      [10, 'said otherwise'],
      [40, 'said at 40'],
      [80, 'said at 80'],
    ]);
    expect(messages[0]).toMatchObject({ editedAt: begun + 50, replies: { count: 2, lastAt: begun + 30 } });
    expect(messages[1]?.pinned).toEqual({ by: ada, at: begun + 60 });
  });

  it('has been read by everyone, and is found by its words', async () => {
    const room = newRoom();
    await begin(room);
    await bring(room, [post(10, { text: 'a heron in the reeds', mentions: [owner.user] })]);
    await finish(room);
    const { rooms: all } = await test.do(owner, 'account.home', {});
    const view = all.find(({ info }) => info.id === room.id);
    expect(view?.position.count).toBe(1);
    expect(view?.membership).toMatchObject({
      readSeq: view?.position.seq,
      readCount: 1,
      mentions: [],
      joinedAt: begun,
    });
    const told = (await test.events(`inbox:${owner.user}`)).filter(({ data }) =>
      JSON.stringify(data).includes(room.id),
    );
    expect(told.map(({ event }) => event)).toEqual(['inbox.room-added', 'inbox.membership-changed']);
    await test.doDue();
    const found = await test.do(owner, 'search.messages', { text: 'heron' });
    expect(found.found.map(({ message }) => message.text)).toEqual(['a heron in the reeds']);
    expect((await test.do(owner, 'mention.list', {})).messages.map(({ text }) => text)).toContain(
      'a heron in the reeds',
    );
  });

  it('doubles nothing when it is brought again, and takes what is new and nothing that is too old', async () => {
    const room = newRoom();
    await begin(room);
    await bring(room, history());
    await finish(room);
    const before = await shown(room);
    await begin(room);
    const again = await bring(room, [post(5), ...history(), post(90)]);
    await finish(room);
    expect(again).toMatchObject({ 'post:older': 1, 'post:already': 5, 'edit:already': 1, 'post:brought': 1 });
    const after = await shown(room);
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)?.text).toBe('said at 90');
  });

  it('goes on where it was broken off', async () => {
    const room = newRoom();
    await begin(room);
    await bring(room, history().slice(0, 4));
    await begin(room);
    for (const from of [0, 3, 6]) await bring(room, history().slice(from, from + 3));
    await finish(room);
    const broken = await shown(room);
    const whole = newRoom();
    await begin(whole);
    await bring(whole, history());
    await finish(whole);
    const plain = ({ id: _, room: __, clientId: ___, thread: ____, seq, ...rest }: Message) => ({ ...rest, seq });
    expect(broken.map(plain)).toEqual((await shown(whole)).map(plain));
  });

  it('leaves unread what somebody had not read here', async () => {
    const room = newRoom();
    await begin(room);
    await bring(room, [post(10)]);
    await finish(room);
    const [first] = await shown(room);
    await test.do(owner, 'room.mark-unread', { room: room.id, seq: first?.seq ?? 1 });
    await begin(room);
    await bring(room, [post(20)]);
    await finish(room);
    const { room: view } = await test.do(owner, 'room.show', { room: room.id });
    expect(view.position.count - (view.membership?.readCount ?? 0)).toBe(2);
  });
});

describe('somebody who is brought', () => {
  const account = { handle: 'ada', name: 'Ada L.', password: 'four green herons', deliver: 'token' } as const;

  it('cannot be signed in to, and takes the account over with the link once', async () => {
    const { handle, password, deliver } = account;
    expect(await test.refusal(null, 'account.sign-in', { handle, password, deliver })).toBe('wrong-credentials');
    expect(await test.do(null, 'invite.look-up', { token })).toMatchObject({ claims: { handle: 'ada', name: 'Ada' } });
    expect(await test.refusal(owner, 'invite.accept', { token })).toBe('invite-invalid');
    expect((await test.do(owner, 'invite.list', { space })).invites).toEqual([]);
    expect(await test.refusal(null, 'account.sign-up', { ...account, handle: 'owner', invite: token })).toBe(
      'handle-taken',
    );
    const signedIn = await test.do(null, 'account.sign-up', { ...account, invite: token });
    expect(signedIn.me).toMatchObject({ id: ada, handle: 'ada', name: 'Ada L.' });
    expect(await test.refusal(null, 'account.sign-up', { ...account, invite: token })).toBe('invite-invalid');
    const home = await test.do(test.personFrom(signedIn), 'account.home', {});
    expect(home.rooms.some(({ info }) => info.name.startsWith('brought-'))).toBe(true);
  });
});
