import type { LoggedEvent, Message, MessageId, UserId } from '@confab/protocol';
import { withOwnReaction } from '@confab/protocol/message-fold.ts';
import type { TimelineItem } from '../api.ts';

/** What a person wants to be so: their reaction with one emoji is on a message, or not. */
interface Wish {
  on: boolean;
  /** Settles when the server has been told the last of it; `null` when it has. */
  telling: Promise<void> | null;
  /** The log told of it while the answer was on its way. */
  heard: boolean;
}

/** The wishes for one message, and how it was last drawn with them. */
interface Wishes {
  readonly byEmoji: Map<string, Wish>;
  drawn: { from: TimelineItem; to: TimelineItem } | null;
}

interface Surroundings {
  me(): UserId | null;
  tell(message: MessageId, emoji: string, on: boolean): Promise<unknown>;
  changed(): void;
}

/**
 * One's own reactions before the log tells of them. A wish says what shall be, not what is added, so that laying it
 * over a message that has it already changes nothing, and nothing is counted twice. It is given up when the server
 * refuses it, and forgotten once the message is as it says.
 */
export class OwnReactions {
  readonly #around: Surroundings;
  readonly #wishes = new Map<MessageId, Wishes>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Shows at once. Resolves when the server has agreed; what is asked for meanwhile is told after it, once. */
  async set(message: MessageId, emoji: string, on: boolean): Promise<void> {
    const wishes = this.#wishes.get(message) ?? { byEmoji: new Map<string, Wish>(), drawn: null };
    this.#wishes.set(message, wishes);
    const wish = wishes.byEmoji.get(emoji) ?? { on, telling: null, heard: false };
    wishes.byEmoji.set(emoji, wish);
    wish.on = on;
    wish.telling ??= this.#tell(message, emoji, wish);
    wishes.drawn = null;
    this.#around.changed();
    await wish.telling;
  }

  /** An item of the timeline as it shows; the same object while nothing about it changes. */
  show<Item extends TimelineItem>(item: Item): Item {
    if (this.#wishes.size === 0 || item.kind !== 'message') return item;
    const wishes = this.#wishes.get(item.message.id);
    const me = this.#around.me();
    if (wishes === undefined || me === null) return item;
    if (wishes.drawn?.from !== item) wishes.drawn = { from: item, to: this.#drawn(item, wishes, me) };
    return wishes.drawn.to as Item;
  }

  /** The log's next event: what it says of one's own reaction is so. */
  heard(event: LoggedEvent): void {
    if (event.event !== 'reaction.added' && event.event !== 'reaction.removed') return;
    const { message, emoji } = event.data;
    const wish = this.#wishes.get(message)?.byEmoji.get(emoji);
    if (wish === undefined || event.by !== this.#around.me()) return;
    if (wish.on !== (event.event === 'reaction.added')) return;
    if (wish.telling === null) this.#forget(message, emoji);
    else wish.heard = true;
  }

  /** Messages were read anew: they hold whatever the server has agreed to. */
  reloaded(): void {
    for (const [message, { byEmoji }] of this.#wishes)
      for (const [emoji, { telling }] of byEmoji) if (telling === null) this.#forget(message, emoji);
  }

  clear(): void {
    this.#wishes.clear();
  }

  async #tell(message: MessageId, emoji: string, wish: Wish): Promise<void> {
    let told: boolean;
    try {
      do {
        told = wish.on;
        wish.heard = false;
        await this.#around.tell(message, emoji, told);
      } while (wish.on !== told);
      wish.telling = null;
      if (wish.heard) this.#forget(message, emoji);
    } catch (error) {
      this.#forget(message, emoji);
      throw error;
    } finally {
      const wishes = this.#wishes.get(message);
      if (wishes !== undefined) wishes.drawn = null;
      this.#around.changed();
    }
  }

  #drawn(item: Extract<TimelineItem, { kind: 'message' }>, { byEmoji }: Wishes, me: UserId): TimelineItem {
    let message: Message = item.message;
    if (message.deletedAt !== null) return item;
    for (const [emoji, { on, telling }] of byEmoji) {
      const before = message;
      message = withOwnReaction(message, emoji, me, on);
      if (message === before && telling === null) this.#forget(message.id, emoji);
    }
    return message === item.message ? item : { ...item, message };
  }

  #forget(message: MessageId, emoji: string): void {
    const wishes = this.#wishes.get(message);
    if (wishes === undefined) return;
    wishes.byEmoji.delete(emoji);
    wishes.drawn = null;
    if (wishes.byEmoji.size === 0) this.#wishes.delete(message);
  }
}
