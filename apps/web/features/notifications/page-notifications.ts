import { type NotificationData, type NotificationWords, notificationLook, roomOfTag } from './notification-words.ts';
import { workersHere } from './worker-line.ts';

const workerOf = async (): Promise<ServiceWorkerRegistration | undefined> => workersHere()?.getRegistration();

/**
 * The browser's notifications that pages show. They go through the worker where there is one, so that a push about
 * the same room takes the place of what is shown, and a press leads somewhere when the page is gone.
 */
export class PageNotifications {
  /** Those that were shown without a worker, by their tag. */
  readonly #own = new Map<string, Notification>();
  readonly #pressed: (path: string) => void;

  constructor(pressed: (path: string) => void) {
    this.#pressed = pressed;
  }

  async show({ title, ...words }: NotificationWords, silent: boolean): Promise<void> {
    const options = { ...notificationLook, ...words, silent };
    const worker = await workerOf();
    if (worker?.active) return worker.showNotification(title, options);
    const shown = new Notification(title, options);
    shown.onclick = () => {
      shown.close();
      window.focus();
      this.#pressed(words.data.path);
    };
    this.#own.set(words.tag, shown);
  }

  /** Closes those of rooms that were read as far as they tell of. */
  async closeRead(readSeqOf: (room: string) => number | null): Promise<void> {
    const shown = (await (await workerOf())?.getNotifications()) ?? [];
    for (const one of [...shown, ...this.#own.values()]) {
      const room = roomOfTag(one.tag);
      const readSeq = room === null ? null : readSeqOf(room);
      if (readSeq === null || readSeq < (one.data as NotificationData).seq) continue;
      one.close();
      this.#own.delete(one.tag);
    }
  }
}
