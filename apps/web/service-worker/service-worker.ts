import type { PushPayload } from '@confab/protocol';
import { heardPush, pressedNotification } from './heard-push.ts';
import { sayIn, type WorkerSentences } from './say-in.ts';
import { keepShared, sharePath } from './shared-things.ts';
import type { Shell } from './shell.ts';
import { ShellCache } from './shell-cache.ts';
import type { ToWorker } from './worker-messages.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const SHELL: Shell;
declare const SENTENCES: WorkerSentences;

const shell = new ShellCache(SHELL);

/** What pages ask for, by its kind. */
const asked: { [Kind in ToWorker['kind']]: () => Promise<unknown> } = {
  'take-over': () => self.skipWaiting(),
};

self.addEventListener('install', (event) => event.waitUntil(shell.install()));

self.addEventListener('activate', (event) => {
  event.waitUntil(shell.tidy().then(() => self.clients.claim()));
  // Not waited for: requests are answered meanwhile.
  void shell.fill();
});

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'POST' && new URL(url).pathname === sharePath) return event.respondWith(takeShared(event.request));
  if (!shell.serves(event.request)) return;
  event.respondWith(shell.answer(event.request));
  if (event.request.mode === 'navigate') event.waitUntil(shell.refreshPage());
});

/** What cannot be kept is lost, and the page says that there is nothing. */
async function takeShared(request: Request): Promise<Response> {
  await request
    .formData()
    .then(keepShared)
    .catch(() => undefined);
  return Response.redirect(sharePath, 303);
}

self.addEventListener('push', (event) => {
  if (event.data === null) return;
  // One that waited while the server was updated may name no language.
  const payload = { language: 'en', ...event.data.json() } as PushPayload;
  event.waitUntil(heardPush(self, payload, sayIn(payload.language, SENTENCES)));
});

self.addEventListener('notificationclick', (event) => event.waitUntil(pressedNotification(self, event.notification)));

self.addEventListener('message', (event) => {
  const { kind } = event.data as ToWorker;
  if (Object.hasOwn(asked, kind)) event.waitUntil(asked[kind]());
});
