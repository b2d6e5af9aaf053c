import type { ClientId, LoggedEvent, MessageId, PollTerms, Result, RoomId, UserId } from '@confab/protocol';
import type { PollsApi, Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import { Cells } from '../store.ts';

type Choices = readonly number[];

/** What one voted for. It is asked for when a poll is looked at, and followed by the inbox from then on. */
export class Polls implements PollsApi {
  readonly #asker: Asker;
  readonly #own = new Cells<MessageId, Choices | undefined>(() => undefined);
  /** Looked at, and not asked for yet. */
  readonly #wanted = new Set<MessageId>();
  /** Raised when answers on their way are of no use any more. */
  #generation = 0;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  own(message: MessageId): Store<Choices | undefined> {
    const cell = this.#own.cell(message);
    if (cell.get() === undefined) {
      // Those of one screen are asked for together.
      if (this.#wanted.size === 0) queueMicrotask(() => void this.#load());
      this.#wanted.add(message);
    }
    return cell;
  }

  async create(room: RoomId, thread: MessageId | null, text: string, poll: PollTerms, id: string): Promise<MessageId> {
    const params = { room, clientId: id as ClientId, text, poll, ...(thread ? { thread } : {}) };
    return (await this.#asker.call('poll.create', params)).id;
  }

  vote(message: MessageId, choices: number[]): Promise<void> {
    return this.#change(message, choices, () => this.#asker.call('poll.vote', { message, choices }));
  }

  retract(message: MessageId): Promise<void> {
    return this.#change(message, [], () => this.#asker.call('poll.retract', { message }));
  }

  async close(message: MessageId): Promise<void> {
    await this.#asker.call('poll.close', { message });
  }

  voters(message: MessageId, option: number, after?: UserId): Promise<Result<'poll.voters'>> {
    return this.#asker.call('poll.voters', { message, option, ...(after ? { after } : {}) });
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.poll-voted') this.#own.set(event.data.message, event.data.choices);
  }

  clear(): void {
    this.#generation += 1;
    this.#wanted.clear();
    for (const message of this.#own.keys()) this.#own.set(message, undefined);
  }

  /** Shows at once; taken back when it is refused. */
  async #change(message: MessageId, choices: Choices, ask: () => Promise<unknown>): Promise<void> {
    const cell = this.#own.cell(message);
    const before = cell.get();
    cell.set(choices);
    try {
      await ask();
    } catch (error) {
      if (cell.get() === choices) cell.set(before);
      throw error;
    }
  }

  async #load(): Promise<void> {
    const messages = [...this.#wanted];
    this.#wanted.clear();
    const generation = this.#generation;
    if (messages.length === 0) return;
    try {
      const { votes } = await this.#asker.call('poll.own', { messages });
      if (generation !== this.#generation) return;
      const found = new Map(votes.map(({ message, choices }) => [message, choices]));
      for (const message of messages) {
        const cell = this.#own.cell(message);
        // What the inbox told meanwhile is as new.
        if (cell.get() === undefined) cell.set(found.get(message) ?? []);
      }
    } catch {
      // Asked again with the next look.
    }
  }
}
