import type { ClientId, RoomId, SettingsChange, SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailOutcome } from '../mail/index.ts';
import type { NextMail } from '../mail/mail-desk.ts';
import { createTestChat, type TestChat, type TestPerson, testPassword } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
let direct: RoomId;
let names = 0;
beforeEach(async () => {
  test = await createTestChat({ mail: 'ready' });
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  direct = (await test.do(owner, 'direct.open', { users: [mia.user] })).room.info.id;
  await haveMail(mia);
});
afterEach(() => test.close());

async function haveMail(who: TestPerson): Promise<void> {
  await test.do(who, 'account.set-email', { email: `${who.handle}@example.org`, password: testPassword });
  const [mail] = await due();
  if (mail?.kind === 'verify') await test.do(null, 'email.verify', { token: mail.token });
}
const say = (text: string, room = direct, who = owner) =>
  test.do(who, 'message.post', { room, clientId: `send-${++names}` as ClientId, text });
const set = (change: SettingsChange) => test.do(mia, 'account.set-settings', change);

function outcomeOf(next: NextMail): MailOutcome {
  if (next.kind === 'online' || next.kind === 'off') return { status: next.kind };
  if (next.kind === 'none') return { status: 'needless', told: next.told };
  return { status: 'sent', told: next.kind === 'digest' ? next.told : [] };
}

/** Sends the mails that are due now, and answers with them. */
async function due(outcome?: MailOutcome): Promise<NextMail[]> {
  for (const job of (await test.chat.jobs.due(['notify'])).due) await test.chat.jobs.finish(job);
  const mails: NextMail[] = [];
  for (const job of (await test.chat.jobs.due(['mail'])).due) {
    const next = await test.chat.mail.next(job.subject);
    const goes = next.kind !== 'none' && next.kind !== 'online' && next.kind !== 'off';
    if (goes) mails.push(next);
    await test.chat.jobs.finish(job, goes && outcome ? outcome : outcomeOf(next));
  }
  return mails;
}
const minuteMs = 60_000;
/** Rings, and then waits. */
async function after(minutes: number, outcome?: MailOutcome) {
  test.nowMs += 5_000;
  const first = await due();
  test.nowMs += minutes * minuteMs - 5_000;
  return [...first, ...(await due(outcome))];
}
const textsOf = (mails: NextMail[]) =>
  mails.flatMap((mail) => (mail.kind === 'digest' ? mail.messages.map(({ text }) => text) : []));

describe('a mail about what was missed', () => {
  it('[O7] tells an hour later, once, of what rang and was not read', async () => {
    await say('hello');
    expect(await after(59)).toEqual([]);
    await say('@mia are you there?', general);
    const [mail, ...others] = await after(2);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      kind: 'digest',
      address: 'mia@example.org',
      hidden: false,
      rest: 0,
      messages: [
        { room: direct, author: 'Owner', place: '', text: 'hello' },
        { room: general, author: 'Owner', place: '#general', text: '@mia are you there?' },
      ],
    });
    expect(await after(600)).toEqual([]);
  });

  it('tells nothing of what rang for nobody, was read, was deleted, or may not be seen any more', async () => {
    await say('for nobody', general);
    const { seq } = await say('read');
    await test.do(mia, 'room.mark-read', { room: direct, seq });
    const made = await test.do(owner, 'room.create', { space, name: 'inside', visibility: 'private' });
    const inside = made.room.info.id;
    await test.do(owner, 'room.invite', { room: inside, user: mia.user });
    const { id } = await say('@mia deleted', general);
    await say('@mia left', inside);
    expect(await after(1)).toEqual([]);
    await test.do(owner, 'message.delete', { message: id });
    await test.do(mia, 'room.leave', { room: inside });
    expect(await after(90)).toEqual([]);
    expect((await test.chat.jobs.due(['mail'])).nextAt).toBeNull();
  });

  it('is one job for a person, however much is said', async () => {
    for (let index = 0; index < 25; index += 1) await say(`message ${index}`);
    const mails = await after(61);
    expect(textsOf(mails)).toEqual(Array.from({ length: 20 }, (_, index) => `message ${index}`));
    expect(mails).toMatchObject([{ rest: 5 }]);
  });

  it('waits while one is here, and goes once one is not', async () => {
    test.online.set(mia.user, 'online');
    await say('hello');
    expect(await after(61)).toEqual([]);
    test.online.set(mia.user, 'away');
    expect(textsOf(await after(61))).toEqual(['hello']);
  });

  it.each<[SettingsChange, number, number | null]>([
    [{ mailDigest: '15-minutes' }, 15, 16],
    // The clock of these tests begins on a Tuesday at 22:13:20 UTC.
    [{ mailDigest: 'daily', mailTimeZone: 'Europe/Berlin' }, 526, 527],
    [{ mailDigest: 'never' }, 0, null],
  ])('comes when one wants it, with %j', async (change, notYet, then) => {
    await set(change);
    await say('hello');
    if (notYet > 0) expect(await after(notYet)).toEqual([]);
    expect(textsOf(await after(then === null ? 10_000 : then - notYet + 1))).toEqual(then === null ? [] : ['hello']);
  });

  it('comes by what one wants now, not when it rang', async () => {
    await say('hello');
    expect(await after(20)).toEqual([]);
    await set({ mailDigest: '15-minutes' });
    expect(textsOf(await after(1))).toEqual(['hello']);
    await say('later');
    expect(await after(1)).toEqual([]);
    await set({ mailDigest: 'never' });
    await set({ mailDigest: 'hour' });
    expect(await after(600)).toEqual([]);
  });

  it('says neither who nor where nor what when words are to be hidden', async () => {
    await set({ notifyContent: 'hidden' });
    const { id } = await say('a secret');
    const [mail] = await after(61);
    expect(mail).toMatchObject({ hidden: true, messages: [{ message: id, author: '', place: '', text: '' }] });
    expect(JSON.stringify(mail)).not.toContain('a secret');
  });

  it('is ended by its link, whoever has it in hand, until the address is another', async () => {
    await say('hello');
    const [mail] = await after(61);
    const token = mail?.kind === 'digest' ? mail.unsubscribe : '';
    const forged = `${owner.user}_${token.slice(token.indexOf('_') + 1)}`;
    expect(await test.refusal(null, 'email.unsubscribe', { token: forged })).toBe('link-invalid');
    await say('later');
    expect(await after(1)).toEqual([]);
    await test.do(null, 'email.unsubscribe', { token });
    expect((await test.do(mia, 'account.home', {})).settings.mailDigest).toBe('never');
    expect(await after(600)).toEqual([]);
    await test.do(null, 'email.unsubscribe', { token });
    await test.do(mia, 'account.set-email', { email: 'other@example.org', password: testPassword });
    expect(await test.refusal(null, 'email.unsubscribe', { token })).toBe('link-invalid');
  });

  it('[O8] that was refused for good is followed by none, until one got through', async () => {
    await say('hello');
    expect(await after(61, { status: 'failed', failure: 'refused' })).toHaveLength(1);
    await say('later');
    expect(await after(600)).toEqual([]);
    await test.do(mia, 'account.test-email', {});
    expect(await due()).toMatchObject([{ kind: 'test' }]);
    await say('again');
    expect(textsOf(await after(61))).toEqual(['again']);
  });

  it('tells of what it told again when it did not get through', async () => {
    await say('hello');
    expect(await after(61, { status: 'failed', failure: 'no-answer' })).toHaveLength(1);
    expect(textsOf(await after(1))).toEqual(['hello']);
  });
});
