import type { ClientId, MessageId, Params, PollTerms, RoomId, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let leo: TestPerson;
let space: SpaceId;
let room: RoomId;
let rooms = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  leo = await test.addPerson('leo', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  rooms += 1;
  const made = await test.do(owner, 'room.create', { space, name: `room-${rooms}`, visibility: 'public' });
  room = made.room.info.id;
  for (const person of [mia, leo]) await test.do(person, 'room.join', { room });
});

const asked = (poll: Partial<PollTerms> = {}): Params<'poll.create'> => ({
  room,
  clientId: 'a' as ClientId,
  text: 'Where shall we eat?',
  poll: { options: ['Here', 'There', 'Nowhere'], ...poll },
});
const ask = async (poll: Partial<PollTerms> = {}) => (await test.do(owner, 'poll.create', asked(poll))).id;
const vote = (who: TestPerson, message: MessageId, ...choices: number[]) =>
  test.do(who, 'poll.vote', { message, choices });
const shown = async (message: MessageId) => (await test.do(mia, 'message.show', { message })).message.poll;
const counts = async (message: MessageId) => (await shown(message))?.tally?.map(({ count }) => count);
const own = async (who: TestPerson, message: MessageId) =>
  (await test.do(who, 'poll.own', { messages: [message] })).votes[0]?.choices;
const told = async () => (await test.events(`room:${room}`)).filter(({ event }) => event.startsWith('poll.'));
const doDue = () => {
  test.nowMs += 10_000;
  return test.doDue();
};

describe('a poll', () => {
  it('[U1] is a message that says what can be voted for, and is sent once', async () => {
    const message = await ask({ options: [' Here ', 'There'] });
    expect(await test.do(owner, 'poll.create', asked({ options: [' Here ', 'There'] }))).toMatchObject({ id: message });
    expect(await test.refusal(owner, 'poll.create', asked())).toBe('client-id-reused');
    const { messages } = await test.do(mia, 'message.list', { room });
    const none = { count: 0, users: [] };
    const poll = { options: ['Here', 'There'], voters: 0, tally: [none, none] };
    expect(messages.map(({ text, poll }) => ({ text, poll }))).toEqual([{ text: 'Where shall we eat?', poll }]);
    const posted = (await test.events(`room:${room}`)).find(({ event }) => event === 'message.posted');
    expect(posted?.data).toMatchObject({ poll: { options: ['Here', 'There'] } });
  });

  it.each([
    ['one option', { options: ['Here'] }],
    ['too many', { options: Array.from({ length: limits.pollOptions.max + 1 }, (_, index) => `${index}`) }],
    ['an empty one', { options: ['Here', ' '] }],
    ['two that read the same', { options: ['Here', ' hERE'] }],
    ['a long one', { options: ['Here', 'x'.repeat(limits.pollOptionChars + 1)] }],
  ])('is refused with %s', async (_, poll) => {
    expect(await test.refusal(owner, 'poll.create', asked(poll))).toBe('invalid-params');
  });

  it('is refused when it would end in the past, or asks nothing', async () => {
    expect(await test.refusal(owner, 'poll.create', asked({ closesAt: test.nowMs }))).toBe('time-out-of-range');
    expect(await test.refusal(owner, 'poll.create', { ...asked(), text: ' ' })).toBe('text-empty');
    expect((await test.do(mia, 'message.list', { room })).messages).toEqual([]);
  });

  it('[U2] is voted on once by each, who may choose otherwise or take it back', async () => {
    const message = await ask();
    await vote(mia, message, 0);
    await vote(leo, message, 0);
    await vote(mia, message, 1);
    await vote(mia, message, 1);
    const tally = [
      { count: 1, users: [leo.user] },
      { count: 1, users: [mia.user] },
      { count: 0, users: [] },
    ];
    expect(await shown(message)).toMatchObject({ voters: 2, tally });
    expect(await own(mia, message)).toEqual([1]);
    for (let times = 0; times < 2; times += 1) await test.do(mia, 'poll.retract', { message });
    expect(await shown(message)).toMatchObject({ voters: 1, tally: [tally[0], tally[2], tally[2]] });
    expect(await own(mia, message)).toBeUndefined();
    expect((await told()).map(({ by }) => by)).toEqual([mia.user, leo.user, mia.user, mia.user]);
  });

  it('[U2] takes one choice, or several where it says so', async () => {
    const [one, several] = [await ask(), (await test.do(mia, 'poll.create', asked({ several: true }))).id];
    expect(await test.refusal(mia, 'poll.vote', { message: one, choices: [0, 1] })).toBe('invalid-params');
    expect(await test.refusal(mia, 'poll.vote', { message: one, choices: [3] })).toBe('invalid-params');
    await vote(mia, several, 2, 0);
    expect(await own(mia, several)).toEqual([0, 2]);
    expect(await shown(several)).toMatchObject({ voters: 1 });
    expect(await counts(several)).toEqual([1, 0, 1]);
  });

  it('[U3] that is anonymous tells no name, in no log but the voter’s own and in no answer', async () => {
    const message = await ask({ anonymous: true });
    await vote(mia, message, 1);
    await vote(leo, message, 1);
    await test.do(leo, 'poll.retract', { message });
    expect(await counts(message)).toEqual([0, 1, 0]);
    expect(await test.refusal(owner, 'poll.voters', { message, option: 1 })).toBe('forbidden');
    expect(await told()).toHaveLength(3);
    expect((await told()).every(({ by }) => by === null)).toBe(true);
    const words = JSON.stringify([await shown(message), await told()]);
    for (const { user } of [mia, leo]) expect(words).not.toContain(user);
    const inbox = (await test.events(`inbox:${mia.user}`)).filter(({ event }) => event === 'inbox.poll-voted');
    expect(inbox.at(-1)?.data).toEqual({ message, choices: [1] });
  });

  it('[U4] that is hidden tells how many voted, and the rest when it is closed', async () => {
    const message = await ask({ hidden: true });
    await vote(mia, message, 1);
    expect(await shown(message)).toEqual({ options: ['Here', 'There', 'Nowhere'], hidden: true, voters: 1 });
    expect(await told()).toMatchObject([{ data: { message, voters: 1 } }]);
    expect(JSON.stringify(await told())).not.toContain('tally');
    expect(await test.refusal(leo, 'poll.voters', { message, option: 1 })).toBe('forbidden');
    await test.do(owner, 'poll.close', { message });
    expect(await counts(message)).toEqual([0, 1, 0]);
    expect((await test.do(leo, 'poll.voters', { message, option: 1 })).users).toEqual([mia.user]);
  });

  it('[U5] ends at its time, or before it by its author, and takes no vote after', async () => {
    const message = await ask({ closesAt: test.nowMs + 5_000 });
    await vote(mia, message, 0);
    test.nowMs += 5_000;
    expect(await test.refusal(leo, 'poll.vote', { message, choices: [0] })).toBe('poll-closed');
    await doDue();
    expect(await shown(message)).toMatchObject({ closedAt: test.nowMs });
    expect(await test.refusal(mia, 'poll.retract', { message })).toBe('poll-closed');
    await test.do(owner, 'poll.close', { message });
    expect((await told()).map(({ event, by }) => [event, by])).toEqual([
      ['poll.voted', mia.user],
      ['poll.closed', null],
    ]);
    const early = (await test.do(mia, 'poll.create', asked({ closesAt: test.nowMs + 5_000 }))).id;
    expect(await test.refusal(leo, 'poll.close', { message: early })).toBe('forbidden');
    for (let times = 0; times < 2; times += 1) await test.do(mia, 'poll.close', { message: early });
    await doDue();
    expect((await told()).filter(({ event }) => event === 'poll.closed').map(({ by }) => by)).toEqual([null, mia.user]);
  });

  it('[U6] goes with its message: nothing tells any more how the vote stood, or what anyone voted for', async () => {
    const message = await ask({ closesAt: test.nowMs + 60_000 });
    await vote(mia, message, 1);
    await vote(leo, message, 1);
    await test.do(owner, 'poll.close', { message });
    await test.do(owner, 'message.delete', { message });
    expect(await shown(message)).toBeUndefined();
    expect(await own(mia, message)).toBeUndefined();
    expect(await test.refusal(mia, 'poll.vote', { message, choices: [0] })).toBe('message-deleted');
    const logs = await Promise.all([`room:${room}`, `inbox:${mia.user}`].map((log) => test.events(log as never)));
    const about = logs.flat().filter(({ event, data }) => event.includes('poll') && 'message' in (data as object));
    expect(about.filter(({ data }) => (data as { message?: string }).message === message)).not.toEqual([]);
    expect(JSON.stringify(logs)).not.toContain('Nowhere');
    const said = about.flatMap(({ data }) => {
      const { message: of, voters, choices } = data as { message: string; voters?: number; choices?: number[] };
      return of === message ? [voters ?? choices] : [];
    });
    expect(said).toEqual([0, 0, 0, []]);
  });

  it('is a message in all else: it takes an edit, stands in a thread, and is refused where nobody writes', async () => {
    const root = await ask();
    const inThread = { ...asked(), clientId: 'b' as ClientId, thread: root };
    const { id } = await test.do(mia, 'poll.create', inThread);
    await vote(leo, id, 0);
    const { messages } = await test.do(mia, 'message.list', { room, thread: root });
    expect(messages).toMatchObject([{ id, thread: root, poll: { voters: 1 } }]);
    const edited = await test.do(owner, 'message.edit', { message: root, text: 'And when?' });
    expect(edited.message).toMatchObject({ text: 'And when?', poll: { voters: 0 } });
    const plain = await test.do(owner, 'message.post', { room, clientId: 'c' as ClientId, text: 'no poll' });
    expect(await test.refusal(mia, 'poll.vote', { message: plain.id, choices: [0] })).toBe('invalid-params');
    await test.do(owner, 'room.archive', { room });
    expect(await test.refusal(mia, 'poll.vote', { message: root, choices: [0] })).toBe('room-archived');
    expect(await test.refusal(owner, 'poll.create', { ...asked(), clientId: 'd' as ClientId })).toBe('room-archived');
  });

  it('takes no vote of somebody who is muted', async () => {
    const message = await ask();
    const until = test.nowMs + 60_000;
    await test.do(owner, 'moderation.mute', { space, user: leo.user, reason: 'Too loud', until });
    expect(await test.refusal(leo, 'poll.vote', { message, choices: [0] })).toBe('muted');
    test.nowMs = until;
    await vote(leo, message, 0);
    expect(await counts(message)).toEqual([1, 0, 0]);
  });

  it('[U2] names those who voted first, and lists all of them a page at a time', async () => {
    const message = await ask();
    const people = [owner, mia, leo];
    for (let index = people.length; index < limits.shownVoters + 2; index += 1) {
      const person = await test.addPerson(`voter-${rooms}-${index}`, { space, role: 'member' });
      await test.do(person, 'room.join', { room });
      people.push(person);
    }
    for (const person of people) await vote(person, message, 0);
    const users = people.map(({ user }) => user);
    expect((await shown(message))?.tally?.[0]).toEqual({
      count: users.length,
      users: users.slice(0, limits.shownVoters),
    });
    const first = await test.do(mia, 'poll.voters', { message, option: 0, limit: 4 });
    expect(first).toEqual({ users: users.slice(0, 4), more: true });
    const rest = await test.do(mia, 'poll.voters', { message, option: 0, after: first.users[3] as never });
    expect(rest).toEqual({ users: users.slice(4), more: false });
  });
});
