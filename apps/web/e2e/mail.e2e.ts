import { type PrivateMailServer, startMailServer } from '@confab/testing/mail-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, password } from './people.ts';
import { Stage } from './stage.ts';

let mailServer: PrivateMailServer;
let stage: Stage;

beforeAll(async () => {
  mailServer = await startMailServer();
  // The links in mails name an address that a proxy would have.
  const env = { CONFAB_SMTP_URL: mailServer.url, CONFAB_PUBLIC_URL: 'http://chat.example.org' };
  stage = await Stage.open(env);
}, 720_000);

afterAll(async () => {
  await stage?.close();
  await mailServer?.remove();
});

test('somebody gives an address, confirms it by the link that is sent there, and sends a test mail', async () => {
  const { page, context, complaints } = await stage.founder('Ada');
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('E-mail address').fill('ada@example.org');
  await page.getByLabel('Your password here').fill(password);
  await page.getByRole('button', { name: 'Save address' }).click();
  await page.getByText('ada@example.org').waitFor();

  const [mail = ''] = await eventually(
    async () => mailServer.mails(),
    (mails) => mails.length > 0,
  );
  const link = /\/verify-email\/[\w-]+/.exec(mail.replaceAll('=\n', '').replaceAll('=\r\n', ''))?.[0] ?? '';
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
  await page.getByRole('button', { name: 'Open your settings' }).click();
  await page.getByText('Confirmed. Nobody else sees it.').waitFor();
  await page.getByText('After 15 minutes').click();

  await page.goto('/notification-test');
  await page.getByText('Mails about what you missed go to your address').waitFor();
  await page.getByRole('button', { name: 'Send a test mail' }).click();
  await page.getByText('The mail server took it.').waitFor();
  await eventually(
    async () => mailServer.mails(),
    (mails) => mails.length > 1,
  );
  expect(complaints).toEqual([]);
  await context.close();
});
