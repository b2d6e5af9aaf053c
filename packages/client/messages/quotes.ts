import type { LoggedEvent, Message, MessageId } from '@confab/protocol';
import { changedMessage, foldMessage } from '@confab/protocol/message-fold.ts';
import type { TimelineItem } from '../api.ts';
import { bounds } from '../bounds.ts';
import { wireOf } from '../confab-error.ts';

/** A quoted message; `null` when it cannot be seen, `undefined` while it is asked for. */
type Quoted = Message | null | undefined;

interface Surroundings {
  /** A message that is loaded anyway. */
  loaded(message: MessageId): Message | undefined;
  ask(message: MessageId): Promise<Message>;
  changed(): void;
}

/** What messages of a timeline quote, as it stands now. What no page brought along is asked for when it is shown. */
export class Quotes {
  readonly #around: Surroundings;
  readonly #known = new Map<MessageId, { message: Message | null; asOf: number }>();
  /** Asked for; `stale` when something was told of it meanwhile, so that the answer may be from before. */
  readonly #asked = new Map<MessageId, { stale: boolean }>();
  #drawn = new WeakMap<TimelineItem, { quoted: Quoted; item: TimelineItem }>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** `asOf`: the position of the page that they came with. */
  learn(messages: readonly Message[], asOf: number): void {
    for (const message of messages) {
      if ((this.#known.get(message.id)?.asOf ?? -1) <= asOf) this.#keep(message.id, message, asOf);
    }
  }

  /** The log's next event. */
  heard(event: LoggedEvent): void {
    const id = changedMessage(event);
    if (id === undefined) return;
    const asked = this.#asked.get(id);
    if (asked) asked.stale = true;
    const known = this.#known.get(id);
    if (!known?.message || event.seq <= known.asOf) return;
    this.#keep(id, foldMessage(known.message, event, null), event.seq);
    this.#around.changed();
  }

  /** An item with what it quotes; the same object while nothing about that changes. */
  show<Item extends TimelineItem>(item: Item): Item {
    const quote =
      item.kind === 'message' ? item.message.quote : item.kind === 'pending' ? item.context?.quote : undefined;
    if (quote === undefined) return item;
    const quoted = this.#of(quote);
    const before = this.#drawn.get(item);
    if (before && before.quoted === quoted) return before.item as Item;
    const drawn = quoted === undefined ? item : { ...item, quoted };
    this.#drawn.set(item, { quoted, item: drawn });
    return drawn;
  }

  clear(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  #of(id: MessageId): Quoted {
    const loaded = this.#around.loaded(id);
    if (loaded) return loaded;
    const known = this.#known.get(id);
    if (known) return known.message;
    if (!this.#asked.has(id)) void this.#ask(id);
    return undefined;
  }

  async #ask(id: MessageId): Promise<void> {
    const asked = { stale: false };
    this.#asked.set(id, asked);
    const answer = await this.#around
      .ask(id)
      .catch((error: unknown) => (wireOf(error)?.retry === 'never' ? null : undefined));
    // Cleared, or asked anew, meanwhile.
    if (this.#asked.get(id) !== asked) return;
    this.#asked.delete(id);
    if (asked.stale) return this.#ask(id);
    if (answer === undefined) return;
    this.#keep(id, answer, 0);
    this.#around.changed();
  }

  #keep(id: MessageId, message: Message | null, asOf: number): void {
    this.#known.delete(id);
    this.#known.set(id, { message, asOf });
    const [oldest] = this.#known.keys();
    if (this.#known.size > bounds.keptQuotes && oldest !== undefined) this.#known.delete(oldest);
  }
}
