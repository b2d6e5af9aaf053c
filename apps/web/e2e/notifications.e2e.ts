import type { BrowserContext, Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, eventually, invite, join, openRoom, say, setUp } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, 720_000);

afterAll(() => stage?.close());

/** What the browser shows of this site. */
async function shown(worker: Worker): Promise<string[]> {
  return worker.evaluate(async () => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
    return (await scope.registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`);
  });
}

/** As the person does with the mouse, which no program can. */
async function press(worker: Worker): Promise<void> {
  await worker.evaluate(async () => {
    const scope = globalThis as unknown as EventTarget & {
      registration: ServiceWorkerRegistration;
      NotificationEvent: new (type: string, init: { notification: unknown }) => Event;
    };
    const [notification] = await scope.registration.getNotifications();
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
  });
}

/** As the browser does when its vendor's push service sends it something. */
async function deliver(context: BrowserContext, page: Page, payload: object): Promise<void> {
  const protocol = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    protocol.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
      if (first !== undefined) resolve(first.registrationId);
    });
  });
  await protocol.send('ServiceWorker.enable');
  const registrationId = await registered;
  await protocol.send('ServiceWorker.deliverPushMessage', {
    origin: stage.server.url,
    registrationId,
    data: JSON.stringify(payload),
  });
}

test('somebody who looks elsewhere is told, is led to the message, and what was read elsewhere goes', async () => {
  const ada = await stage.visitor({ serviceWorkers: 'allow' });
  await ada.context.grantPermissions(['notifications']);
  await setUp(ada.page, 'Ada', 'Workshop');
  const link = await invite(ada.page);
  const ben = await stage.visitor();
  await join(ben.page, link, 'Ben');
  await openRoom(ben.page, 'general');

  // Her first page is behind another window from now on.
  await ada.page.addInitScript(() => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }));
  await ada.page.goto('/notification-test');
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const [worker] = ada.context.serviceWorkers();
  if (worker === undefined) throw new Error('There is no worker.');
  await ada.page.getByText('You allowed Confab to notify you.').waitFor();

  await say(ben.page, 'hello everybody');
  await say(ben.page, '@ada are you there?');
  const one = await eventually(
    () => shown(worker),
    (list) => list.length > 0,
  );
  expect(one).toEqual(['Ben in #general: @ada are you there?']);

  await press(worker);
  await ada.page.getByRole('article').filter({ hasText: 'are you there?' }).waitFor();
  expect(await shown(worker)).toEqual([]);

  await ada.page.goto('/notification-test');
  await ada.page.getByRole('heading', { name: 'Test my notifications' }).waitFor();
  await say(ben.page, '@ada again');
  await eventually(
    () => shown(worker),
    (list) => list.length > 0,
  );
  const other = await ada.context.newPage();
  await other.goto('/');
  await openRoom(other, 'general');
  await composer(other).waitFor();
  expect(
    await eventually(
      () => shown(worker),
      (list) => list.length === 0,
    ),
  ).toEqual([]);

  // He was never asked whether he wants to be told.
  const path = new URL(ben.page.url()).pathname;
  await ben.page.addInitScript(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    Object.defineProperty(Notification, 'permission', { get: () => 'default' });
  });
  await ben.page.goto('/mentions');
  await ben.page.getByRole('heading', { name: 'Mentions' }).waitFor();
  await say(other, '@ben yes');
  const offer = ben.page.getByText('Somebody wrote to you while you looked elsewhere.');
  await offer.waitFor();
  await ben.page.getByRole('button', { name: 'Not now' }).click();
  await offer.waitFor({ state: 'detached' });
  await other.close();

  await ada.page.getByRole('button', { name: 'Send a notification' }).click();
  await ada.page.getByText('Confab showed one by itself.').waitFor();
  const [shownByItself] = await eventually(
    () => shown(worker),
    (list) => list.length > 0,
  );
  expect(shownByItself).toMatch(/^Notifications reach this device/);

  const [, , room] = path.split('/');
  await ada.page.goto('about:blank');
  await deliver(ada.context, ada.page, { kind: 'hidden', room, message: room, seq: 99 });
  const closed = await eventually(
    () => shown(worker),
    (list) => list.length > 1,
  );
  expect(closed).toContain('Confab: You have a new message.');
  expect([...ada.complaints, ...ben.complaints]).toEqual([]);
  await Promise.all([ada.context.close(), ben.context.close()]);
});
