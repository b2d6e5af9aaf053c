import { type PrivateMailServer, startMailServer } from '@confab/testing/mail-server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type OpenServer, openServer, password, setUpOwner } from '../testing/open-server.ts';
import { readMail } from './testing/read-mail.ts';

let mailServer: PrivateMailServer;
let server: OpenServer;
beforeAll(async () => {
  mailServer = await startMailServer();
  server = await openServer({ smtpUrl: mailServer.url, publicUrl: 'https://chat.example.org', mailFrom: '' });
});
afterAll(async () => {
  await server?.close();
  await mailServer?.remove();
});

it('a started server sends a link that confirms an address, and takes one click of a mail program', async () => {
  const { token } = await setUpOwner(server);
  const set = await server.ask('account.set-email', { email: 'owner@example.org', password }, token);
  expect(set).toEqual({
    state: 'ready',
    email: { address: 'owner@example.org', verified: false, sentAt: null, failure: null },
  });
  const [raw = ''] = await vi.waitFor(() => {
    const mails = mailServer.mails();
    if (mails.length === 0) throw new Error('Nothing was delivered yet.');
    return mails;
  }, 10_000);
  const { text, headers } = readMail(raw);
  expect(headers.get('from')).toEqual(['confab@chat.example.org']);
  const link = /verify-email\/([\w-]+)/.exec(text)?.[1] ?? '';
  expect(await server.ask('email.verify', { token: link })).toEqual({ address: 'owner@example.org' });
  const { email } = await server.ask('account.show-email', {}, token);
  expect(email?.verified).toBe(true);

  const click = (body: string, type: string) =>
    fetch(`${server.url}/unsubscribe/nobody_${'A'.repeat(43)}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
  const one = await click('List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded');
  expect([one.status, await one.text()]).toEqual([410, expect.stringContaining('link-invalid')]);
  const elsewhere = await fetch(`${server.url}/api/v1/email/unsubscribe`, {
    method: 'POST',
    body: 'token=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(elsewhere.status).toBe(400);
});
