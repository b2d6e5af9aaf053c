import { createECDH } from 'node:crypto';
import type { ClientId, Params, RoomId, SettingsChange, SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushOutcome } from '../push/index.ts';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { onePixel } from '../testing/one-pixel.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
let direct: RoomId;
let names = 0;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  direct = (await test.do(owner, 'direct.open', { users: [mia.user] })).room.info.id;
});
afterEach(() => test.close());

const keys = () => {
  const pair = createECDH('prime256v1');
  return { p256dh: pair.generateKeys('base64url'), auth: Buffer.alloc(16, 7).toString('base64url') };
};
const subscribe = async (who: TestPerson, endpoint = `https://push.example.org/${++names}`) =>
  (await test.do(who, 'push.subscribe', { endpoint, keys: keys() })).subscription;
const say = (text: string, room = general, more: Partial<Params<'message.post'>> = {}, who = owner) =>
  test.do(who, 'message.post', { room, clientId: `send-${++names}` as ClientId, text, ...more });
const set = (who: TestPerson, change: SettingsChange) => test.do(who, 'account.set-settings', change);
const pushKinds = ['push'];

/** Lets reading have its time, and answers with what is to be sent now, and to whom. */
async function sent(outcome: PushOutcome = { status: 'sent' }, waitMs = 5_000) {
  test.nowMs += waitMs;
  const { jobs, push } = test.chat;
  for (;;) {
    const { due } = await jobs.due(['notify']);
    if (due.length === 0) break;
    for (const job of due) await jobs.finish(job);
  }
  const pushes = [];
  for (const job of (await jobs.due(pushKinds)).due) {
    const next = await push.next(job.subject, JSON.parse(job.data));
    if (next) pushes.push(next);
    await jobs.finish(job, next ? outcome : { status: 'needless' });
  }
  return pushes;
}
const texts = async () => (await sent()).map(({ payload }) => ('text' in payload ? payload.text : payload.kind));

describe('a push', () => {
  it('[O3] goes to whoever a message rings for and has not read it after a moment, with what it says', async () => {
    await subscribe(mia);
    const { id, seq } = await say('hello', direct);
    expect((await test.chat.jobs.due(['notify'])).due).toEqual([]);
    expect(await sent()).toMatchObject([
      {
        target: { user: mia.user },
        payload: {
          kind: 'message',
          language: 'en',
          room: direct,
          message: id,
          seq,
          author: 'Owner',
          place: '',
          text: 'hello',
        },
      },
    ]);
    expect(await sent()).toEqual([]);
  });

  it('says what the files of a message without a text are called', async () => {
    await subscribe(mia);
    const begin = async (name: string) => {
      const { file } = await test.do(owner, 'file.begin', { room: direct, name, size: 0 });
      return (await test.do(owner, 'file.complete', { file })).file.id;
    };
    await say('', direct, { files: [await begin('plan.txt'), await begin('costs.txt')] });
    expect(await texts()).toEqual(['📎 plan.txt, costs.txt']);
    await say('with words', direct, { files: [await begin('more.txt')] });
    expect(await texts()).toEqual(['with words']);
  });

  it('shows its author’s picture', async () => {
    await subscribe(mia);
    const { picture } = await test.do(owner, 'account.set-picture', { file: onePixel });
    await say('look', direct);
    expect(await sent()).toMatchObject([{ payload: { kind: 'message', text: 'look', picture } }]);
    await test.do(owner, 'account.remove-picture', {});
    await say('gone', direct);
    expect((await sent())[0]?.payload).not.toHaveProperty('picture');
  });

  it('goes to nobody who has read it meanwhile, nor to its author', async () => {
    await subscribe(mia);
    await subscribe(owner);
    const { seq } = await say('hello', direct);
    await test.do(mia, 'room.mark-read', { room: direct, seq });
    expect(await sent()).toEqual([]);
  });

  it('says the latest of a room, and only while it still rings', async () => {
    await subscribe(mia);
    await say('first', direct);
    await say('second', direct);
    const { id } = await say('third', direct);
    await test.do(owner, 'message.delete', { message: id });
    expect(await texts()).toEqual(['second']);
  });

  it('[O2] rings for mentions, calls, followed threads and rooms set to everything, and for nothing else', async () => {
    await subscribe(mia);
    await say('hello');
    expect((await test.chat.jobs.due(['notify'])).nextAt).toBeNull();
    expect(await texts()).toEqual([]);
    await say('@mia');
    expect(await texts()).toEqual(['@mia']);
    await say('@room');
    expect(await texts()).toEqual(['@room']);
    const root = (await say('a question', general, {}, mia)).id;
    await say('an answer', general, { thread: root });
    expect(await texts()).toEqual(['an answer']);
    await test.do(mia, 'room.set-notifications', { room: general, notify: 'all', mutedUntil: null });
    await say('all of it');
    expect(await texts()).toEqual(['all of it']);
    await test.do(mia, 'room.set-notifications', { room: general, notify: 'none', mutedUntil: null });
    await say('@mia');
    expect(await texts()).toEqual([]);
  });

  it('rings for nobody who read the thread meanwhile', async () => {
    await subscribe(mia);
    const root = (await say('a question', general, {}, mia)).id;
    await say('one', general, { thread: root });
    await say('two', general, { thread: root });
    await test.do(mia, 'thread.mark-read', { message: root, index: 2 });
    expect(await texts()).toEqual([]);
  });

  it('a room that nobody wants everything of any more is not looked at by later posts', async () => {
    await subscribe(mia);
    await set(mia, { notifyChannels: 'all' });
    const made = await test.do(owner, 'room.create', { space, name: 'later', visibility: 'public' });
    const later = made.room.info.id;
    await test.do(mia, 'room.join', { room: later });
    await say('one');
    await say('two', later);
    expect(await texts()).toEqual(['one', 'two']);
    await set(mia, { notifyChannels: 'mentions' });
    await say('three');
    await say('four', later);
    expect(await texts()).toEqual([]);
    await say('five');
    await say('six', later);
    expect((await test.chat.jobs.due(['notify'])).nextAt).toBeNull();
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'they mute the room',
      () =>
        test.do(mia, 'room.set-notifications', { room: direct, notify: 'default', mutedUntil: test.nowMs + 60_000 }),
    ],
    [
      'they do not want to be disturbed',
      () => set(mia, { doNotDisturb: { until: test.nowMs + 60_000, schedule: null } }),
    ],
    ['directs do not ring for them', () => set(mia, { notifyDirects: 'none' })],
    ['they sign out', () => test.do(mia, 'account.sign-out', {})],
    ['their account is switched off', () => test.chat.setAccountDisabled(mia.user, true)],
    ['they block its author', () => test.do(mia, 'block.add', { user: owner.user })],
  ])('goes to nobody when %s after it was posted', async (_, change) => {
    await subscribe(mia);
    await say('hello', direct);
    await change();
    expect(await sent()).toEqual([]);
  });

  it('goes to nobody who left the room', async () => {
    await subscribe(mia);
    const made = await test.do(owner, 'room.create', { space, name: 'inside', visibility: 'private' });
    const room = made.room.info.id;
    await test.do(owner, 'room.invite', { room, user: mia.user });
    await say('@mia', room);
    await test.do(mia, 'room.leave', { room });
    expect(await sent()).toEqual([]);
  });

  it('[O5] says neither who nor what when its words are to be hidden', async () => {
    await subscribe(mia);
    await set(mia, { notifyContent: 'hidden' });
    const { id, seq } = await say('a secret', direct);
    expect((await sent())[0]?.payload).toEqual({ kind: 'hidden', language: 'en', room: direct, message: id, seq });
  });

  it('waits for nobody who is active elsewhere, if they want it so', async () => {
    await subscribe(mia);
    await set(mia, { pushWhen: 'away' });
    test.online.set(mia.user, 'online');
    await say('one', direct);
    expect(await texts()).toEqual([]);
    test.online.set(mia.user, 'away');
    await say('two', direct);
    expect(await texts()).toEqual(['two']);
  });

  it('[O3] reminds of what one wanted to be reminded of, unless one is done with it', async () => {
    await subscribe(mia);
    const [{ id: one, seq }, { id: other }] = [await say('buy glue'), await say('buy wood')];
    await test.do(mia, 'reminder.set', { message: one, dueAt: test.nowMs + 60_000 });
    await test.do(mia, 'reminder.set', { message: other, dueAt: test.nowMs + 60_000 });
    test.nowMs += 60_000;
    for (const job of (await test.chat.jobs.due(['reminder'])).due) await test.chat.jobs.finish(job);
    await test.do(mia, 'reminder.remove', { message: other });
    const payload = { kind: 'reminder', language: 'en', room: general, message: one, seq, text: 'buy glue' };
    expect((await sent()).map((push) => push.payload)).toEqual([payload]);
  });

  it('reaches everyone of a call, some at a time', async () => {
    for (let index = 0; index < 105; index += 1) {
      await subscribe(await test.addPerson(`person${index}`, { space, role: 'member' }));
    }
    await say('@room');
    test.nowMs += 5_000;
    await test.chat.jobs.finish((await test.chat.jobs.due(['notify'])).due[0] as never);
    expect((await test.chat.jobs.due(['notify'])).due).toHaveLength(1);
    await test.chat.jobs.finish((await test.chat.jobs.due(['notify'])).due[0] as never);
    expect((await test.chat.jobs.due(['notify'])).due).toEqual([]);
  });
});

describe('a subscription', () => {
  it('takes the place of the session’s earlier one, and of whoever had this browser before', async () => {
    await subscribe(owner, 'https://push.example.org/same');
    await subscribe(mia);
    const { id } = await subscribe(mia, 'https://push.example.org/same');
    const list = async (who: TestPerson) => (await test.do(who, 'push.list', {})).subscriptions.map((each) => each.id);
    expect([await list(mia), await list(owner)]).toEqual([[id], []]);
  });

  it('ends with its session, and is one of a bounded number', async () => {
    for (let index = 0; index < 20; index += 1) await subscribe(await test.addSession(mia));
    const params = { endpoint: 'https://push.example.org/more', keys: keys() };
    expect(await test.refusal(mia, 'push.subscribe', params)).toBe('limit-reached');
    const [one] = (await test.do(mia, 'push.list', {})).subscriptions;
    if (!one) throw new Error('There is none.');
    await test.do(mia, 'session.revoke', { session: one.session });
    expect((await test.do(mia, 'push.list', {})).subscriptions).toHaveLength(19);
    expect(await test.refusal(mia, 'push.subscribe', params)).toBeUndefined();
  });

  it('has one key for all of the instance', async () => {
    const [mine, theirs] = [await test.do(mia, 'push.list', {}), await test.do(owner, 'push.list', {})];
    expect(Buffer.from(mine.publicKey, 'base64url')).toHaveLength(65);
    expect(theirs.publicKey).toBe(mine.publicKey);
  });

  it('[O4] is forgotten when its service does not know it any more', async () => {
    await subscribe(mia);
    await say('hello', direct);
    await sent({ status: 'gone' });
    expect((await test.do(mia, 'push.list', {})).subscriptions).toEqual([]);
  });

  it('[O4] is tried again later while its service is busy, and says why it did not get through', async () => {
    await subscribe(mia);
    await say('hello', direct);
    expect(await sent({ status: 'failed', failure: 'no-answer', again: true, afterMs: 60_000 })).toHaveLength(1);
    expect((await test.do(mia, 'push.list', {})).subscriptions[0]?.failure).toBe('no-answer');
    expect(await sent({ status: 'sent' }, 59_999)).toEqual([]);
    expect(await sent({ status: 'sent' }, 1)).toHaveLength(1);
    const [one] = (await test.do(mia, 'push.list', {})).subscriptions;
    expect(one).toMatchObject({ failure: null, sentAt: test.nowMs });
  });

  it('is tested at once, and only by its owner', async () => {
    const { id } = await subscribe(mia);
    expect(await test.refusal(owner, 'push.test', { subscription: id })).toBe('not-found');
    await test.do(mia, 'push.test', { subscription: id });
    expect((await sent({ status: 'sent' }, 0)).map(({ payload }) => payload)).toEqual([
      { kind: 'test', language: 'en' },
    ]);
    await test.do(mia, 'account.set-settings', { language: 'ar' });
    await test.do(mia, 'push.test', { subscription: id });
    expect((await sent({ status: 'sent' }, 0)).map(({ payload }) => payload)).toEqual([
      { kind: 'test', language: 'ar' },
    ]);
    await say('hello', direct);
    expect(await sent()).toMatchObject([{ payload: { kind: 'message', language: 'ar' } }]);
  });
});
