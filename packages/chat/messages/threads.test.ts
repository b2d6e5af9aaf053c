import type { ClientId, MessageId, Params, RoomId, SpaceId } from '@confab/protocol';
import { limits, roomLog } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let room: RoomId;
let root: MessageId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  sends += 1;
  const params = { space, name: `room-${sends}`, visibility: 'public' } as const;
  room = (await test.do(owner, 'room.create', params)).room.info.id;
  await test.do(mia, 'room.join', { room });
  root = (await say(owner, {})).id;
});

function params(context: Partial<Params<'message.post'>>): Params<'message.post'> {
  sends += 1;
  return { room, clientId: `send-${sends}` as ClientId, text: `text ${sends}`, ...context };
}
const say = (who: TestPerson, context: Partial<Params<'message.post'>>) =>
  test.do(who, 'message.post', params(context));
const list = (range: Omit<Params<'message.list'>, 'room'> = {}) => test.do(mia, 'message.list', { room, ...range });
const idsOf = ({ messages }: { messages: readonly { id: MessageId }[] }) => messages.map(({ id }) => id);
const viewOf = async (who: TestPerson) => (await test.do(who, 'room.show', { room })).room;

describe('a thread', () => {
  it('[R1] holds the replies, and the room does not, unless they are shown there too', async () => {
    const quiet = await say(mia, { thread: root });
    const shown = await say(mia, { thread: root, alsoInRoom: true });
    expect(idsOf(await list())).toEqual([root, shown.id]);
    expect(idsOf(await list({ thread: root }))).toEqual([quiet.id, shown.id]);
    expect((await list({ thread: root })).messages[0]).toMatchObject({ thread: root });
  });

  it('[R2] tells at its root how many replied, who first, and when last', async () => {
    await say(mia, { thread: root });
    test.nowMs += 1_000;
    const last = await say(owner, { thread: root });
    expect((await list()).messages[0]?.replies).toEqual({
      ...{ count: 2, lastSeq: last.seq, lastAt: last.postedAt },
      people: [mia.user, owner.user],
    });
  });

  it('names only the first few of many', async () => {
    const people: TestPerson[] = [];
    for (let index = 0; index < limits.shownRepliers + 2; index += 1) {
      const person = await test.addPerson(`many-${sends}-${index}`, { space, role: 'member' });
      await test.do(person, 'room.join', { room });
      await say(person, { thread: root });
      people.push(person);
    }
    const { replies } = (await list()).messages[0] ?? {};
    expect(replies).toMatchObject({ count: people.length, people: people.slice(0, 5).map(({ user }) => user) });
  });

  it('takes a reply to a reply', async () => {
    const first = await say(mia, { thread: root });
    const second = await say(owner, { thread: first.id });
    expect(idsOf(await list({ thread: root }))).toEqual([first.id, second.id]);
    expect((await test.do(mia, 'message.show', { message: second.id })).message.thread).toBe(root);
  });

  it('does not count in the room: a reply is not unread there, and reads nothing there', async () => {
    await say(owner, {});
    const before = await viewOf(mia);
    await say(owner, { thread: root });
    await say(mia, { thread: root });
    const after = await viewOf(mia);
    expect(after.position).toEqual({ ...before.position, seq: before.position.seq + 2 });
    expect(after.membership).toEqual(before.membership);
    await say(owner, { thread: root, alsoInRoom: true });
    expect((await viewOf(mia)).position.count).toBe(before.position.count + 1);
  });

  it('is paged by itself', async () => {
    const replies: MessageId[] = [];
    for (let index = 0; index < 5; index += 1) {
      replies.push((await say(mia, { thread: root })).id);
      await say(owner, {});
    }
    const last = await list({ thread: root, limit: 2 });
    expect([idsOf(last), last.earlier, last.later]).toEqual([replies.slice(3), true, false]);
    const middle = await list({ thread: root, limit: 2, before: last.fromSeq });
    expect([idsOf(middle), middle.earlier, middle.later]).toEqual([replies.slice(1, 3), true, true]);
    const first = await list({ thread: root, limit: 2, before: middle.fromSeq });
    expect([idsOf(first), first.earlier]).toEqual([replies.slice(0, 1), false]);
    expect((await list({ thread: root })).notices).toEqual([]);
  });

  it('stays when its root or a reply is deleted; a line stays of each', async () => {
    const reply = await say(mia, { thread: root, quote: root });
    await test.do(owner, 'message.delete', { message: root });
    await test.do(mia, 'message.delete', { message: reply.id });
    const [top] = (await list()).messages;
    expect(top).toMatchObject({ text: '', replies: { count: 1 } });
    const [below] = (await list({ thread: root })).messages;
    expect(below).toMatchObject({ text: '', thread: root });
    expect(below?.quote).toBeUndefined();
    const posted = (await test.events(roomLog(room))).find(
      ({ event, data }) => event === 'message.posted' && (data as { id: string }).id === reply.id,
    );
    expect(posted?.data).toEqual({ id: reply.id, clientId: expect.any(String), text: '', thread: root });
  });

  it.each<[string, (elsewhere: MessageId) => Partial<Params<'message.post'>>]>([
    ['a message of another room', (elsewhere) => ({ thread: elsewhere })],
    ['a message that there is not', () => ({ thread: '01900000-0000-7000-8000-000000000000' as MessageId })],
    ['nothing, and is to be shown in the room too', () => ({ alsoInRoom: true })],
  ])('cannot be of %s', async (_, context) => {
    const other = await test.do(owner, 'room.create', { space, name: `other-${sends}`, visibility: 'private' });
    const elsewhere = await test.do(owner, 'message.post', { ...params({}), room: other.room.info.id });
    expect(await test.refusal(owner, 'message.post', params(context(elsewhere.id)))).toBe('invalid-params');
  });
});

describe('a quote', () => {
  it('[R5] comes with what it quotes where the page does not have that', async () => {
    const [quoted] = (await list()).messages;
    const { seq } = await say(mia, { quote: root });
    const whole = await list();
    expect([whole.messages[1]?.quote, whole.quoted]).toEqual([root, []]);
    const part = await list({ limit: 1 });
    expect([part.fromSeq, part.quoted]).toEqual([seq, [quoted]]);
    expect(part.people.map(({ id }) => id).sort()).toEqual([owner.user, mia.user].sort());
  });

  it('of a deleted message, or of one elsewhere, is refused', async () => {
    const other = await test.do(owner, 'room.create', { space, name: `other-${sends}`, visibility: 'private' });
    const elsewhere = await test.do(owner, 'message.post', { ...params({}), room: other.room.info.id });
    expect(await test.refusal(owner, 'message.post', params({ quote: elsewhere.id }))).toBe('invalid-params');
    await test.do(owner, 'message.delete', { message: root });
    expect(await test.refusal(owner, 'message.post', params({ quote: root }))).toBe('message-deleted');
  });
});

describe('[L2] a send with context', () => {
  it('that is repeated gives the same answer, and with another context is told apart', async () => {
    const sent = params({ thread: root });
    const first = await test.do(mia, 'message.post', sent);
    expect(await test.do(mia, 'message.post', sent)).toEqual(first);
    expect((await list()).messages[0]?.replies?.count).toBe(1);
    const { thread: _, ...plain } = sent;
    expect(await test.refusal(mia, 'message.post', plain)).toBe('client-id-reused');
    expect(await test.refusal(mia, 'message.post', { ...sent, alsoInRoom: true })).toBe('client-id-reused');
  });
});
