import type { PushPayload } from '@confab/protocol';
import {
  type NotificationData,
  notificationLook,
  notificationWords,
  type Say,
} from '../features/notifications/notification-words.ts';
import type { FromWorker } from './worker-messages.ts';

const tell = (client: WindowClient, message: FromWorker): void => client.postMessage(message);

/** Every page of this app that is open. */
async function pages(scope: ServiceWorkerGlobalScope): Promise<readonly WindowClient[]> {
  return scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

/**
 * Shows what a push says. A page that is being looked at shows it by itself, and browsers ask for nothing more then;
 * a test is always shown, which is what it tests.
 */
export async function heardPush(scope: ServiceWorkerGlobalScope, payload: PushPayload, say: Say): Promise<void> {
  const open = await pages(scope);
  for (const page of open) tell(page, { kind: 'push-arrived', about: payload.kind });
  if (payload.kind !== 'test' && open.some(({ visibilityState }) => visibilityState === 'visible')) return;
  const { title, ...words } = notificationWords(payload, say);
  const shown = await scope.registration.getNotifications({ tag: words.tag });
  const isShown = shown.some(({ data }) => (data as NotificationData | null)?.seq === words.data.seq);
  // One that a hidden page showed already stays as it is and does not ring again.
  await scope.registration.showNotification(title, { ...notificationLook, ...words, silent: isShown });
}

/** Leads to what a notification is about: in a page that is open, otherwise in a new one. */
export async function pressedNotification(scope: ServiceWorkerGlobalScope, pressed: Notification): Promise<void> {
  pressed.close();
  const { path } = pressed.data as NotificationData;
  const [page] = await pages(scope);
  if (page === undefined) {
    await scope.clients.openWindow(path);
    return;
  }
  tell(page, { kind: 'open', path });
  // Browsers may keep it where it is; the page has gone there all the same.
  await page.focus().catch(() => {});
}
