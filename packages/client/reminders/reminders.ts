import type { Home, LoggedEvent, MessageId, Reminder, Result } from '@confab/protocol';
import type { Asker } from '../asker.ts';
import type { RemindersApi } from '../kept-api.ts';
import { Cell } from '../store.ts';

const byTime = (a: Reminder, b: Reminder): number => a.dueAt - b.dueAt || (a.message < b.message ? -1 : 1);

/** Messages that one wants to be told of again, as the inbox tells of them. */
export class Reminders implements RemindersApi {
  readonly list = new Cell<readonly Reminder[]>([]);
  readonly #asker: Asker;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  async set(message: MessageId, dueAt: number): Promise<void> {
    await this.#asker.call('reminder.set', { message, dueAt });
  }

  async remove(message: MessageId): Promise<void> {
    await this.#asker.call('reminder.remove', { message });
  }

  load(): Promise<Result<'reminder.list'>> {
    return this.#asker.call('reminder.list', {});
  }

  entered(home: Home): void {
    this.list.set(home.reminders);
  }

  left(): void {
    this.list.set([]);
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.reminder-changed') {
      this.list.set([...this.#without(event.data.message), event.data].sort(byTime));
    } else if (event.event === 'inbox.reminder-removed') this.list.set(this.#without(event.data.message));
  }

  #without(message: MessageId): Reminder[] {
    return this.list.get().filter((each) => each.message !== message);
  }
}
