import { type ToWorker, workerPath } from '../../service-worker/worker-messages.ts';

/** How often a page that stays open asks whether there is a newer version. The browser asks at each start. */
const askAgainMs = 60 * 60_000;

interface TrustedScriptUrls {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedScriptUrls;
  }
}

interface WatchedWorker {
  /** Takes the version that is ready; the page starts anew when it is in use. */
  take(): void;
  /** Asks the server for a newer version, at most once an hour unless `now`. */
  look(now?: boolean): void;
  stop(): void;
}

/**
 * Registers the app's worker and calls `ready` once a newer version waits, or is in use already because another tab
 * took it. Without workers (an address without HTTPS, a private window) nothing happens.
 */
export async function watchWorker(ready: () => void): Promise<WatchedWorker | null> {
  if (!('serviceWorker' in navigator)) return null;
  const workers = navigator.serviceWorker;
  const registration = await workers
    .register(trustedAddress(), { scope: '/', updateViaCache: 'none' })
    .catch(() => null);
  // A browser that keeps workers away may answer with nothing instead of refusing.
  if (!registration) return null;
  const stopping = new AbortController();
  const { signal } = stopping;
  // The first worker that a page ever gets is no update.
  let controlled = workers.controller !== null;
  let taking = false;
  let lookedAt = performance.now();
  const controls = () => {
    if (taking) location.reload();
    else if (controlled) ready();
    controlled = true;
  };
  const found = () => {
    const worker = registration.installing;
    worker?.addEventListener(
      'statechange',
      () => {
        if (worker.state === 'installed' && workers.controller !== null) ready();
      },
      { signal },
    );
  };
  workers.addEventListener('controllerchange', controls, { signal });
  registration.addEventListener('updatefound', found, { signal });
  if (registration.waiting !== null && controlled) ready();
  return {
    take() {
      taking = true;
      if (registration.waiting === null) location.reload();
      else registration.waiting.postMessage({ kind: 'take-over' } satisfies ToWorker);
    },
    look(now = false) {
      if (!now && performance.now() - lookedAt < askAgainMs) return;
      lookedAt = performance.now();
      // Without a network there is nothing newer to be had.
      void registration.update().catch(() => {});
    },
    stop: () => stopping.abort(),
  };
}

/** The page's policy takes addresses of scripts only from a policy of Trusted Types, and this one knows one address. */
function trustedAddress(): string {
  const policy = window.trustedTypes?.createPolicy('confab-worker', { createScriptURL: () => workerPath });
  return policy?.createScriptURL(workerPath) ?? workerPath;
}
