import type { Confab } from '@confab/client';
import type { PushSubscriptionId } from '@confab/protocol';
import { workersHere } from './worker-line.ts';

/** How far this browser can be told of something though no page is open. */
export type PushState =
  /** It cannot: the address has no HTTPS, it knows no push, or the app's worker is not there. */
  | { status: 'impossible'; why: 'insecure' | 'no-push' | 'no-worker' }
  | { status: 'off' }
  | { status: 'on'; subscription: PushSubscriptionId; sentAt: number | null; failure: string | null };

async function workerOf(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await workersHere()?.getRegistration();
  return registration?.active ? registration : undefined;
}

/** Asks the server and the browser, which have to agree. */
export async function pushState(confab: Confab): Promise<PushState> {
  if (!isSecureContext) return { status: 'impossible', why: 'insecure' };
  if (!('PushManager' in window)) return { status: 'impossible', why: 'no-push' };
  const worker = await workerOf();
  if (worker === undefined) return { status: 'impossible', why: 'no-worker' };
  const account = confab.account.state.get();
  const { subscriptions } = await confab.call('push.list', {});
  const session = account.status === 'signed-in' ? account.session : null;
  const mine = subscriptions.find((each) => each.session === session);
  if (mine === undefined || (await worker.pushManager.getSubscription()) === null) return { status: 'off' };
  return { status: 'on', subscription: mine.id, sentAt: mine.sentAt, failure: mine.failure };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

const sameBytes = (one: ArrayBuffer | null, other: Uint8Array): boolean =>
  one !== null && one.byteLength === other.length && new Uint8Array(one).every((byte, index) => byte === other[index]);

/** Lets the browser be told. Rejects when its push service does not answer it. */
export async function turnPushOn(confab: Confab): Promise<void> {
  const worker = await workerOf();
  if (worker === undefined) throw new Error('The worker is not there.');
  const { publicKey } = await confab.call('push.list', {});
  const applicationServerKey = bytesOf(publicKey);
  const before = await worker.pushManager.getSubscription();
  // Of another instance at this address before: it would be refused for ever.
  if (before && !sameBytes(before.options.applicationServerKey, applicationServerKey)) await before.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const { endpoint, keys } = made.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (!endpoint || !p256dh || !auth) throw new Error('The browser gave no address.');
  await confab.call('push.subscribe', { endpoint, keys: { p256dh, auth } });
}

export async function turnPushOff(confab: Confab, subscription: PushSubscriptionId): Promise<void> {
  await confab.call('push.unsubscribe', { subscription });
  await (await (await workerOf())?.pushManager.getSubscription())?.unsubscribe();
}
