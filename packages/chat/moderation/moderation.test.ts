import type { ClientId, Decision, MessageId, RoomId, SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mod: TestPerson;
let space: SpaceId;
let room: RoomId;
let mia: TestPerson;
let names = 0;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mod = await test.addPerson('mod', { space, role: 'moderator' });
});
afterAll(() => test.close());
beforeEach(async () => {
  names += 1;
  const made = await test.do(owner, 'room.create', { space, name: `room-${names}`, visibility: 'public' });
  room = made.room.info.id;
  mia = await test.addPerson(`mia-${names}`, { space, role: 'member' });
  await test.do(mia, 'room.join', { room });
});

async function post(who: TestPerson, text = 'hello'): Promise<MessageId> {
  sends += 1;
  return (await test.do(who, 'message.post', { room, clientId: `send-${sends}` as ClientId, text })).id;
}
const refusedPost = (who: TestPerson, text = 'hello') => {
  sends += 1;
  return test.refusal(who, 'message.post', { room, clientId: `send-${sends}` as ClientId, text });
};
const own = async (who: TestPerson) => (await test.do(who, 'account.home', {})).moderation;
const notes = async (who: TestPerson) => (await own(who)).notes.map(({ kind, reason }) => [kind, reason]);
const audit = async () => (await test.do(owner, 'moderation.audit', { space })).entries;
const cases = async (decided = false) => (await test.do(mod, 'moderation.queue', { space, decided })).cases;
const report = (who: TestPerson, message: MessageId) =>
  test.do(who, 'moderation.report', { message, reason: 'spam', note: 'look' });

describe('someone who is muted', () => {
  it('[M1] writes, edits, reacts and types nothing in the space until then, hears why, and reads on', async () => {
    const [message, until] = [await post(mia), test.nowMs + 60_000];
    await test.do(mod, 'moderation.mute', { space, user: mia.user, reason: 'Too loud.', until });
    expect(await refusedPost(mia)).toBe('muted');
    expect(await test.refusal(mia, 'message.edit', { message, text: 'other' })).toBe('muted');
    expect(await test.refusal(mia, 'reaction.add', { message, emoji: '👍' })).toBe('muted');
    expect(await test.refusal(mia, 'typing.set', { room, typing: true })).toBe('muted');
    expect((await test.do(mia, 'message.list', { room })).messages).toHaveLength(1);
    expect(await own(mia)).toMatchObject({
      mutes: [{ space, room: null, reason: 'Too loud.', until }],
      notes: [{ kind: 'muted', spaceName: 'Team', reason: 'Too loud.', until }],
    });
    test.nowMs = until;
    expect(await refusedPost(mia)).toBeUndefined();
    expect((await own(mia)).mutes).toEqual([]);
  });

  it('[M1] in one room writes in the others, also after leaving it and coming back', async () => {
    const other = (await test.do(mia, 'room.create', { space, name: `o-${names}`, visibility: 'public' })).room.info.id;
    await test.do(mod, 'moderation.mute', { space, user: mia.user, room, reason: 'Not here.', until: null });
    await test.do(mia, 'room.leave', { room });
    await test.do(mia, 'room.join', { room });
    expect(await refusedPost(mia)).toBe('muted');
    const elsewhere = { room: other, clientId: 'x' as ClientId, text: 'here I may' };
    expect(await test.refusal(mia, 'message.post', elsewhere)).toBeUndefined();
    await test.do(mod, 'moderation.unmute', { space, user: mia.user, room });
    expect(await refusedPost(mia)).toBeUndefined();
    expect(await notes(mia)).toEqual([
      ['muted', 'Not here.'],
      ['unmuted', ''],
    ]);
  });
});

describe('someone who is banned', () => {
  it('[M2] is out at once and does not come back by any invitation until the ban has run out', async () => {
    const until = test.nowMs + 60_000;
    const { token } = await test.do(owner, 'invite.create', { space });
    await test.do(mod, 'moderation.ban', { space, user: mia.user, reason: 'Spam.', until });
    expect((await test.do(mia, 'account.home', {})).spaces).toEqual([]);
    expect(await test.refusal(mia, 'invite.accept', { token })).toBe('banned');
    expect(await notes(mia)).toEqual([['banned', 'Spam.']]);
    expect((await test.do(mod, 'moderation.sanctions', { space })).bans).toMatchObject([{ user: mia.user, until }]);
    test.nowMs = until;
    expect((await test.do(mod, 'moderation.sanctions', { space })).bans).toEqual([]);
    expect(await test.refusal(mia, 'invite.accept', { token })).toBeUndefined();
  });

  it('[M2] comes back when the ban is taken back', async () => {
    await test.do(mod, 'moderation.ban', { space, user: mia.user, reason: 'Spam.', until: null });
    const { token } = await test.do(owner, 'invite.create', { space });
    expect(await test.refusal(mia, 'invite.accept', { token })).toBe('banned');
    await test.do(mod, 'moderation.unban', { space, user: mia.user });
    expect(await test.refusal(mia, 'invite.accept', { token })).toBeUndefined();
  });

  it('[M2] invites nobody any more', async () => {
    const admin = await test.addPerson(`admin-${names}`, { space, role: 'admin' });
    const { token } = await test.do(admin, 'invite.create', { space });
    await test.do(owner, 'moderation.ban', { space, user: admin.user, reason: 'Gone.', until: null });
    const stranger = await test.addPerson(`stranger-${names}`);
    expect(await test.refusal(stranger, 'invite.accept', { token })).toBe('invite-invalid');
  });
});

describe('a moderator', () => {
  it('does nothing to those who are not below them, nor to themselves', async () => {
    const other = await test.addPerson(`other-${names}`, { space, role: 'moderator' });
    for (const { user } of [owner, other, mod]) {
      const measure = { space, user, reason: 'No.', until: null };
      expect(await test.refusal(mod, 'moderation.mute', measure)).toBe('forbidden');
      expect(await test.refusal(mod, 'moderation.ban', measure)).toBe('forbidden');
    }
    await test.do(owner, 'room.invite', { room, user: other.user });
    expect(await test.refusal(mod, 'room.remove-member', { room, user: other.user })).toBe('forbidden');
    expect(await test.refusal(mod, 'room.remove-member', { room, user: mia.user })).toBeUndefined();
  });

  it('[M7] deletes with a reason that the author hears, who has to see it once', async () => {
    const message = await post(mia);
    await test.do(mod, 'message.delete', { message, reason: 'Off topic.' });
    const [note] = (await own(mia)).notes;
    expect(note).toMatchObject({ kind: 'message-deleted', reason: 'Off topic.', room });
    await test.do(mia, 'moderation.acknowledge', { seq: note?.seq ?? 0 });
    expect((await own(mia)).notes).toEqual([]);
  });
});

describe('a reported message', () => {
  it('[M3] waits once, with all who reported it, until it is decided; they and the author hear of it', async () => {
    const message = await post(mia, 'buy now');
    await report(owner, message);
    await report(mod, message);
    expect((await own(mod)).reports).toEqual([{ space, open: 1 }]);
    await test.do(mod, 'moderation.take', { message, taken: true });
    expect(await cases()).toMatchObject([
      {
        message,
        author: mia.user,
        text: 'buy now',
        takenBy: mod.user,
        reports: [{ by: owner.user }, { by: mod.user }],
      },
    ]);
    const decision = { message, decision: 'warn', reason: 'No advertising.', alsoDelete: true } as const;
    await test.do(mod, 'moderation.decide', decision);
    expect(await cases()).toEqual([]);
    expect((await own(mod)).reports).toEqual([]);
    expect((await cases(true))[0]).toMatchObject({ message, text: '', decided: { by: mod.user, decision: 'warn' } });
    expect(await notes(mia)).toEqual([
      ['message-deleted', 'No advertising.'],
      ['warned', 'No advertising.'],
    ]);
    expect((await own(owner)).notes.at(-1)).toMatchObject({ kind: 'report-decided', decision: 'warn', reason: '' });
    expect(await test.refusal(mod, 'moderation.decide', decision)).toBe('already-decided');
  });

  it.each([
    ['dismiss', false, undefined],
    ['delete', true, undefined],
    ['mute', false, 'muted'],
    ['ban', false, 'not-found'],
  ] as const)('[M3] can be decided by “%s”', async (decision: Decision, isGone, refusal) => {
    const message = await post(mia);
    await report(owner, message);
    await test.do(mod, 'moderation.decide', { message, decision, reason: 'Because.' });
    const page = await test.do(owner, 'message.list', { room });
    expect(page.messages.some(({ id, deletedAt }) => id === message && deletedAt !== null)).toBe(isGone);
    const joined = await test.refusal(mia, 'room.show', { room });
    expect(joined ?? (await refusedPost(mia))).toBe(refusal);
  });

  it('[M3] of a private room is decided by moderators who do not see the room; in a direct nobody reports', async () => {
    const inside = (await test.do(mia, 'room.create', { space, name: `p-${names}`, visibility: 'private' })).room.info
      .id;
    const said = { room: inside, clientId: 'x' as ClientId, text: 'hidden' };
    const message = (await test.do(mia, 'message.post', said)).id;
    expect(await test.refusal(mod, 'message.delete', { message })).toBe('not-found');
    expect(await test.refusal(mod, 'moderation.take', { message, taken: true })).toBe('not-found');
    await report(mia, message);
    await test.do(mod, 'moderation.decide', { message, decision: 'delete', reason: '' });
    expect((await test.do(mia, 'message.show', { message })).message.deletedAt).not.toBeNull();
    const direct = (await test.do(mia, 'direct.open', { users: [owner.user] })).room.info.id;
    const whisper = (await test.do(mia, 'message.post', { ...said, room: direct })).id;
    expect(await test.refusal(owner, 'moderation.report', { message: whisper, reason: 'spam' })).toBe(
      'not-in-this-room',
    );
  });

  it('[M3] is opened again when it is reported again', async () => {
    const message = await post(mia);
    await report(owner, message);
    await test.do(mod, 'moderation.decide', { message, decision: 'dismiss', reason: '' });
    await report(owner, message);
    expect((await cases()).map((each) => each.message)).toEqual([message]);
    await test.do(mod, 'moderation.decide', { message, decision: 'dismiss', reason: '' });
  });
});

describe('the rules of a room', () => {
  it('[M4] let one post only so often, moderators as they like, and say how long to wait', async () => {
    await test.do(mod, 'room.set-rules', { room, slowModeMs: 10_000, whoPosts: 'all' });
    await test.do(mod, 'room.join', { room });
    await post(mia);
    test.nowMs += 4_000;
    sends += 1;
    const again = { room, clientId: `send-${sends}` as ClientId, text: 'again' };
    await expect(test.do(mia, 'message.post', again)).rejects.toMatchObject({
      error: { code: 'slow-mode', retryAfterMs: 6_000, details: { seconds: 6 } },
    });
    for (let times = 0; times < 2; times += 1) await post(mod);
    test.nowMs += 6_000;
    expect(await test.refusal(mia, 'message.post', again)).toBeUndefined();
  });

  it('[M4] keep a room for those who look after it, who also pin and set its topic', async () => {
    const message = await post(mia);
    await test.do(mod, 'room.set-rules', { room, slowModeMs: 0, whoPosts: 'moderators' });
    expect(await refusedPost(mia)).toBe('posting-closed');
    expect(await test.refusal(mia, 'message.pin', { message })).toBe('posting-closed');
    expect(await test.refusal(mia, 'room.set-topic', { room, topic: 'mine' })).toBe('posting-closed');
    expect(await test.refusal(mia, 'reaction.add', { message, emoji: '👍' })).toBeUndefined();
    expect(await refusedPost(owner)).toBeUndefined();
    expect((await test.do(mia, 'room.show', { room })).room.info).toMatchObject({ whoPosts: 'moderators' });
  });
});

describe('the record of a space', () => {
  it('[M6] says who did what to whom and why, by person, action and time', async () => {
    await test.do(mod, 'moderation.warn', { space, user: mia.user, reason: 'First.' });
    await test.do(owner, 'space.set-role', { space, user: mia.user, role: 'guest' });
    await test.do(owner, 'room.archive', { room });
    expect((await audit()).slice(0, 3)).toMatchObject([
      { by: owner.user, action: 'room-archived', room },
      { by: owner.user, action: 'role-set', user: mia.user, detail: 'guest' },
      { by: mod.user, action: 'person-warned', user: mia.user, reason: 'First.' },
    ]);
    const about = await test.do(owner, 'moderation.audit', { space, user: mia.user, action: 'person-warned' });
    expect(about.entries).toHaveLength(1);
    const [first] = await audit();
    const page = await test.do(owner, 'moderation.audit', { space, before: first?.n ?? 0, limit: 1 });
    expect(page).toMatchObject({ entries: [{ action: 'role-set' }], more: true });
    const none = await test.do(owner, 'moderation.audit', { space, since: test.nowMs + 1 });
    expect(none.entries).toEqual([]);
  });

  it('[M6] is forgotten after the days that its owner sets', async () => {
    await test.do(owner, 'moderation.set-audit-term', { space, days: 2 });
    await test.do(mod, 'moderation.warn', { space, user: mia.user, reason: 'Old.' });
    test.nowMs += 2 * 86_400_000;
    expect(await audit()).toEqual([]);
    await test.do(mod, 'moderation.warn', { space, user: mia.user, reason: 'New.' });
    expect((await audit()).map(({ reason }) => reason)).toEqual(['New.']);
  });
});
