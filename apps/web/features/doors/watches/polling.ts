import type { RoomId } from '@confab/protocol';
import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, hear, keepTrying, pause, type WatchListener } from '../door-watch.ts';

interface Page {
  readonly events: readonly unknown[];
  readonly cursor: string;
  readonly more: boolean;
  readonly pollAfterMs: number;
}

export const longPollWatch: DoorWatch = {
  name: sentence('Long polling'),
  manner: sentence('Requests that wait for news'),
  client: 'fetch(…) with wait=25',
  start: (room, listener) =>
    keepTrying(listener, (signal, opened) => pollForEver(room, listener, { signal, opened, wait: 25 })),
};

export const pollWatch: DoorWatch = {
  name: sentence('Polling'),
  manner: sentence('A request every now and then'),
  client: 'fetch(…)',
  start: (room, listener) =>
    keepTrying(listener, (signal, opened) => pollForEver(room, listener, { signal, opened, wait: 0 })),
};

interface Polling {
  readonly signal: AbortSignal;
  opened(): void;
  /** Seconds that a request waits for news. */
  readonly wait: number;
}

async function pollForEver(room: RoomId, listener: WatchListener, { signal, opened, wait }: Polling): Promise<void> {
  let cursor = '';
  while (!signal.aborted) {
    const query = new URLSearchParams({
      room,
      wait: String(cursor === '' ? 0 : wait),
      ...(cursor ? { after: cursor } : {}),
    });
    listener.asked();
    const response = await fetch(`/api/v1/events?${query}`, {
      headers: { accept: 'application/json' },
      cache: 'no-store',
      signal,
    });
    if (!response.ok) throw new Error(response.statusText);
    opened();
    const text = await response.text();
    listener.received(text.length);
    const page = JSON.parse(text) as Page;
    hear(listener, page.events);
    cursor = page.cursor;
    if (wait === 0 && !page.more) await pause(page.pollAfterMs, signal);
  }
}
