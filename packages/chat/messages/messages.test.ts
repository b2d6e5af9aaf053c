import { type ClientId, limits, type RoomId, roomLog, type SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let member: TestPerson;
let space: SpaceId;
let room: RoomId;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space, general: room } = await test.found());
  member = await test.addPerson('mia', { space, role: 'member' });
});
afterEach(() => test.close());

const send = (text: string, clientId = text) => ({ room, clientId: clientId as ClientId, text });
const post = (who: TestPerson, text: string, clientId = text) => test.do(who, 'message.post', send(text, clientId));

describe('posting', () => {
  it('stores the text as typed and answers with its place', async () => {
    const text = '  two lines\n\tand a tab ';
    const posted = await post(member, text, 'a');
    const { message } = await test.do(owner, 'message.show', { message: posted.id });
    expect(message).toEqual({
      id: posted.id,
      room,
      seq: posted.seq,
      author: member.user,
      clientId: 'a',
      text,
      postedAt: test.nowMs,
      editedAt: null,
      deletedAt: null,
    });
  });

  it('[L2] gives a repeated send its first answer and no second event, also after an edit', async () => {
    const first = await post(member, 'once', 'a');
    await test.do(member, 'message.edit', { message: first.id, text: 'twice' });
    const told = await test.effectsOf(async () => expect(await post(member, 'once', 'a')).toEqual(first));
    expect(told.events).toEqual([]);
    expect(await test.refusal(member, 'message.post', send('other', 'a'))).toBe('client-id-reused');
    expect((await post(owner, 'once', 'a')).id).not.toBe(first.id);
  });

  it('[L2] gives a repeated send of a deleted message its first answer, and keeps nothing to check a guess by', async () => {
    const first = await post(member, 'secret', 'a');
    await test.do(member, 'message.delete', { message: first.id });
    expect(await post(member, 'secret', 'a')).toEqual(first);
    expect(await post(member, 'a guess', 'a')).toEqual(first);
    expect((await test.do(owner, 'message.list', { room })).messages).toMatchObject([{ text: '' }]);
  });

  it('[L2] stores a send once though it arrives fifty times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(member, 'once')));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect((await test.do(owner, 'message.list', { room })).messages).toHaveLength(1);
  });

  it('[L1] numbers a thousand posts without a gap', async () => {
    const head = (await test.events(roomLog(room))).length;
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => post(member, `m${index}`)));
    expect(answers.map((answer) => answer.seq)).toEqual(answers.map((_, index) => head + 1 + index));
  });

  it('refuses blank, too long and broken text', async () => {
    expect(await test.refusal(member, 'message.post', send(' \n\t', 'a'))).toBe('text-empty');
    expect(await test.refusal(member, 'message.post', send('broken \ud800', 'a'))).toBe('invalid-params');
    expect(await test.refusal(member, 'message.post', send('null \0', 'a'))).toBe('invalid-params');
    expect(await test.refusal(member, 'message.post', send('x'.repeat(limits.messageChars), 'a'))).toBe(undefined);
    const long = send('x'.repeat(limits.messageChars + 1), 'b');
    expect(await test.chat.execute(member.actor, 'message.post', long)).toMatchObject({
      error: { code: 'text-too-long', details: { limit: limits.messageChars, length: limits.messageChars + 1 } },
    });
  });

  it('takes no more statements than it has to', async () => {
    const statements: string[] = [];
    const { scripts } = await import('../scripts.ts');
    const script = scripts['message.post'];
    if (!script) throw new Error('There is no such script.');
    const input = {
      actor: member.actor,
      params: send('a'),
      prepared: { online: null },
      now: 1,
      ids: ['0190163d-8694-739b-aea5-966c26f8ad91'],
    };
    const steps = script(input as never);
    const answers = [
      {
        id: room,
        role: 'member',
        joined_at: 1,
        archived_at: null,
        slow_mode_ms: 0,
        who_posts: 'all',
        kind: 'channel',
        space_id: 'a space',
        loud: 0,
        word_filter: null,
        silenced_until: null,
        session_revoked_at: null,
        session_expires_at: 9,
        user_disabled_at: null,
      },
      undefined,
      { epoch: 1, head: 1, count: 1 },
    ] as const;
    for (let step = steps.next(); !step.done; step = steps.next(answers[statements.length - 1])) {
      statements.push(String(step.value.sql));
    }
    expect(statements).toHaveLength(7);
  });
});

describe('editing', () => {
  it('is the author’s, and is told once', async () => {
    const { id } = await post(member, 'frist');
    expect(await test.refusal(owner, 'message.edit', { message: id, text: 'mine' })).toBe('forbidden');
    test.nowMs += 5;
    const { message } = await test.do(member, 'message.edit', { message: id, text: 'first' });
    expect(message).toMatchObject({ text: 'first', editedAt: test.nowMs });
    const told = await test.effectsOf(() => test.do(member, 'message.edit', { message: id, text: 'first' }));
    expect(told.events).toEqual([]);
    expect(await test.refusal(member, 'message.edit', { message: id, text: ' ' })).toBe('text-empty');
  });

  it('ends with being in the room', async () => {
    const { id } = await post(member, 'first');
    await test.do(member, 'room.leave', { room });
    expect(await test.refusal(member, 'message.edit', { message: id, text: 'second' })).toBe('forbidden');
    expect(await test.refusal(member, 'message.delete', { message: id })).toBe('forbidden');
  });
});

describe('deleting', () => {
  it('[L13] wipes the text from the message and from every event that told it', async () => {
    const { id, seq } = await post(member, 'a secret', 'a');
    await test.do(member, 'message.edit', { message: id, text: 'a secret still' });
    const told = await test.effectsOf(() => test.do(member, 'message.delete', { message: id }));
    expect(told.events).toMatchObject([{ redacts: true, notice: true }]);
    const about = (await test.events(roomLog(room))).filter((event) => event.seq >= seq);
    expect(about.map((event) => [event.event, event.data])).toEqual([
      ['message.posted', { id, clientId: 'a', text: '' }],
      ['message.edited', { id, text: '' }],
      ['message.deleted', { id, postedSeq: seq }],
    ]);
    const { message } = await test.do(owner, 'message.show', { message: id });
    expect(message).toMatchObject({ text: '', deletedAt: test.nowMs });
    expect(await test.database.read<string>('testing.everything', null)).not.toContain('a secret');
  });

  it('is the author’s or an admin’s, and final', async () => {
    const { id } = await post(owner, 'first');
    expect(await test.refusal(member, 'message.delete', { message: id })).toBe('forbidden');
    const { id: other } = await post(member, 'second');
    await test.do(owner, 'message.delete', { message: other });
    expect((await test.events(roomLog(room))).at(-1)).toMatchObject({ event: 'message.deleted', by: owner.user });
    const told = await test.effectsOf(() => test.do(member, 'message.delete', { message: other }));
    expect(told.events).toEqual([]);
    expect(await test.refusal(member, 'message.edit', { message: other, text: 'back' })).toBe('message-deleted');
    expect(await post(member, 'second')).toMatchObject({ id: other });
  });
});
