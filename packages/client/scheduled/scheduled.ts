import type { ClientId, Home, LoggedEvent, MessageId, RoomId, ScheduledId, ScheduledMessage } from '@confab/protocol';
import type { Asker } from '../asker.ts';
import type { Files } from '../files/files.ts';
import type { ScheduledApi, ScheduledChange } from '../kept-api.ts';
import { Cell } from '../store.ts';

const byTime = (a: ScheduledMessage, b: ScheduledMessage): number => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1);

/** Messages that wait to be posted later, as the inbox tells of them. */
export class Scheduled implements ScheduledApi {
  readonly list = new Cell<readonly ScheduledMessage[]>([]);
  readonly #asker: Asker;
  readonly #newId: () => string;
  readonly #files: Pick<Files, 'handOver'>;

  constructor(asker: Asker, newId: () => string, files: Pick<Files, 'handOver'>) {
    this.#asker = asker;
    this.#newId = newId;
    this.#files = files;
  }

  async create(
    room: RoomId,
    thread: MessageId | null,
    text: string,
    dueAt: number,
    uploads: readonly string[] = [],
  ): Promise<ScheduledMessage> {
    const clientId = this.#newId() as ClientId;
    const place = thread === null ? { room } : { room, thread };
    return this.#files.handOver(uploads, async (ids) => {
      const files = ids.length > 0 ? { files: ids } : {};
      const { scheduled } = await this.#asker.call('scheduled.create', { ...place, clientId, text, dueAt, ...files });
      return scheduled;
    });
  }

  async update(scheduled: ScheduledId, { files, ...change }: ScheduledChange): Promise<void> {
    const kept = files ? { files: [...files] } : {};
    await this.#asker.call('scheduled.update', { scheduled, ...change, ...kept });
  }

  async cancel(scheduled: ScheduledId): Promise<void> {
    await this.#asker.call('scheduled.cancel', { scheduled });
  }

  async sendNow(scheduled: ScheduledId): Promise<void> {
    await this.#asker.call('scheduled.send-now', { scheduled });
  }

  entered(home: Home): void {
    this.list.set(home.scheduled);
  }

  left(): void {
    this.list.set([]);
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.scheduled-set') {
      const others = this.list.get().filter(({ id }) => id !== event.data.id);
      this.list.set([...others, event.data].sort(byTime));
    } else if (event.event === 'inbox.scheduled-removed') {
      this.list.set(this.list.get().filter(({ id }) => id !== event.data.id));
    }
  }
}
