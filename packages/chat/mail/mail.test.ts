import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson, testPassword } from '../testing/index.ts';
import type { MailOutcome } from './do-mail.ts';
import type { NextMail } from './mail-desk.ts';

let test: TestChat;
let ada: TestPerson;
beforeEach(async () => {
  test = await createTestChat({ mail: 'ready' });
  ({ owner: ada } = await test.found());
});
afterEach(() => test.close());

const hourMs = 3_600_000;
const address = 'ada@example.org';
const set = (email: string, who = ada, password = testPassword) =>
  test.do(who, 'account.set-email', { email, password });
const shown = async (who = ada) => (await test.do(who, 'account.show-email', {})).email;

/** Sends what is due now, as a node does; answers with the mails. */
async function sent(outcome: Partial<MailOutcome> = { status: 'sent' }) {
  const mails: Exclude<NextMail, { kind: 'none' }>[] = [];
  for (const job of (await test.chat.jobs.due(['mail'])).due) {
    const next = await test.chat.mail.next(job.subject);
    if (next.kind !== 'none') mails.push(next);
    await test.chat.jobs.finish(job, next.kind === 'none' ? { status: 'needless', told: next.told } : outcome);
  }
  return mails;
}
async function linkFor(email: string, who = ada): Promise<string> {
  await set(email, who);
  const [mail] = await sent();
  if (mail?.kind !== 'verify') throw new Error('No link was sent.');
  return mail.token;
}
const verify = (token: string) => test.do(null, 'email.verify', { token });

describe('an e-mail address', () => {
  it('[O6] counts once its owner followed the link that was sent there, which works once', async () => {
    expect(await shown()).toBeNull();
    const token = await linkFor(address);
    expect(await shown()).toEqual({ address, verified: false, sentAt: test.nowMs, failure: null });
    expect(await verify(token)).toEqual({ address });
    expect(await shown()).toMatchObject({ verified: true });
    expect(await test.refusal(null, 'email.verify', { token })).toBe('link-invalid');
  });

  it('is confirmed by no link after a day, nor by one for the address before', async () => {
    const token = await linkFor(address);
    test.nowMs += 24 * hourMs;
    expect(await test.refusal(null, 'email.verify', { token })).toBe('link-invalid');
    const former = await linkFor(address);
    await set('other@example.org');
    expect(await test.refusal(null, 'email.verify', { token: former })).toBe('link-invalid');
    expect(await shown()).toMatchObject({ address: 'other@example.org', verified: false });
  });

  it('is set with one’s password only, and where mail is sent', async () => {
    const params = { email: address, password: 'a wrong password' };
    expect(await test.refusal(ada, 'account.set-email', params)).toBe('wrong-credentials');
    await test.close();
    test = await createTestChat();
    const { owner } = await test.found();
    expect(await test.refusal(owner, 'account.set-email', { ...params, password: testPassword })).toBe(
      'mail-not-set-up',
    );
    expect(await test.do(owner, 'account.show-email', {})).toEqual({ state: 'no-server', email: null });
  });

  it('is nothing that means more than an address to a mail’s header or to a mail server', async () => {
    const hostile = [
      'ada@example.org\r\nBcc: eve@example.org',
      'ada@example.org\n',
      'ada@example.org, eve@example.org',
      'Ada <ada@example.org>',
      '"ada eve"@example.org',
      'ada@[192.0.2.1]',
      'ada@localhost',
      'ada@exa mple.org',
      'ada @example.org',
      'ada@@example.org',
      'ada..eve@example.org',
      '-f@-example.org',
      'ada\u0000@example.org',
      'аda@example.org',
      `ada@${'a'.repeat(64)}.org`,
      `${'a'.repeat(250)}@example.org`,
    ];
    for (const email of hostile) {
      expect(await test.refusal(ada, 'account.set-email', { email, password: testPassword }), email).toBe(
        'invalid-params',
      );
    }
  });

  it('is in no event, in nothing that others are answered, and gone with what was to be sent there', async () => {
    await verify(await linkFor(address));
    const mia = await test.addPerson('mia');
    await test.do(ada, 'account.test-email', {});
    const told = [test.published, test.reports, await test.do(ada, 'account.home', {})];
    expect(JSON.stringify([...told, await shown(mia)])).not.toContain(address);
    await test.do(ada, 'account.remove-email', {});
    expect(await shown()).toBeNull();
    expect((await test.chat.jobs.due(['mail'])).due).toEqual([]);
  });

  it('goes when its account is switched off', async () => {
    await set(address);
    await test.chat.setAccountDisabled(ada.user, true);
    expect(await sent()).toEqual([]);
    await test.chat.setAccountDisabled(ada.user, false);
    expect(await shown(await test.addSession(ada))).toBeNull();
  });

  it('gets few mails an hour, however many ask, and so does one person for many addresses', async () => {
    for (let index = 0; index < 5; index += 1) {
      await set(address, await test.addPerson(`person${index}`));
    }
    const refusal = (email: string) => test.refusal(ada, 'account.set-email', { email, password: testPassword });
    expect(await refusal(address.toUpperCase())).toBe('limit-reached');
    for (let index = 0; index < 4; index += 1) await set(`ada${index}@example.org`);
    await test.do(ada, 'account.confirm-email', {});
    expect(await refusal('ada9@example.org')).toBe('limit-reached');
    expect(await test.refusal(ada, 'account.confirm-email', {})).toBe('limit-reached');
    test.nowMs += hourMs;
    expect(await refusal(address)).toBeUndefined();
  });

  it('is sent its link again when asked to, and the earlier one ends', async () => {
    const former = await linkFor(address);
    await test.do(ada, 'account.confirm-email', {});
    const [mail] = await sent();
    expect(await test.refusal(null, 'email.verify', { token: former })).toBe('link-invalid');
    expect(await verify(mail?.kind === 'verify' ? mail.token : '')).toEqual({ address });
    await test.do(ada, 'account.confirm-email', {});
    expect(await sent()).toEqual([]);
  });
});

describe('a mail', () => {
  it('[O8] that could not be handed over is tried again after growing pauses; one that was refused is not', async () => {
    await set(address);
    expect(await sent({ status: 'failed', failure: 'no-answer' })).toHaveLength(1);
    expect((await shown())?.failure).toBe('no-answer');
    test.nowMs += 29_999;
    expect(await sent()).toEqual([]);
    test.nowMs += 1;
    expect(await sent({ status: 'failed', failure: 'no-answer' })).toHaveLength(1);
    test.nowMs += 59_999;
    expect(await sent()).toEqual([]);
    test.nowMs += 1;
    expect(await sent({ status: 'failed', failure: 'refused' })).toHaveLength(1);
    expect((await shown())?.failure).toBe('refused');
    test.nowMs += 24 * hourMs;
    expect(await sent()).toEqual([]);
  });

  it('to try it out goes to a confirmed address alone, and is tried once', async () => {
    expect(await test.refusal(ada, 'account.test-email', {})).toBe('not-found');
    const token = await linkFor(address);
    expect(await test.refusal(ada, 'account.test-email', {})).toBe('not-found');
    await verify(token);
    await test.do(ada, 'account.test-email', {});
    expect(await sent({ status: 'failed', failure: 'no-answer' })).toEqual([
      { kind: 'test', name: 'Owner', address, language: 'en' },
    ]);
    test.nowMs += hourMs;
    expect(await sent()).toEqual([]);
    expect((await shown())?.failure).toBe('no-answer');
  });

  it('is for somebody who reads the language that they set, and English before they set one', async () => {
    await set(address);
    expect(await sent()).toMatchObject([{ kind: 'verify', language: 'en' }]);
    await test.do(ada, 'account.set-settings', { language: 'ja' });
    await set('ada2@example.org');
    expect(await sent()).toMatchObject([{ kind: 'verify', language: 'ja' }]);
    await test.do(ada, 'account.set-settings', { language: null });
    await set('ada3@example.org');
    expect(await sent()).toMatchObject([{ kind: 'verify', language: 'en' }]);
  });
});
