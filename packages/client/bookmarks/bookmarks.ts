import type { Bookmark, LoggedEvent, MessageId, Result } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import type { BookmarksApi } from '../kept-api.ts';
import { Cell, Cells } from '../store.ts';

/** Messages that one keeps. Which ones is asked for when it first matters, and followed by the inbox from then on. */
export class Bookmarks implements BookmarksApi {
  readonly changes = new Cell(0);
  readonly #asker: Asker;
  readonly #kept = new Set<MessageId>();
  readonly #cells = new Cells<MessageId, boolean | undefined>((message) => this.#isKept(message));
  #state: 'unknown' | 'asking' | 'known' = 'unknown';
  /** What the inbox told while they were asked for. */
  #told = new Map<MessageId, boolean>();
  /** Raised when answers on their way are of no use any more. */
  #generation = 0;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  isKept(message: MessageId): Store<boolean | undefined> {
    if (this.#state === 'unknown') void this.#load();
    return this.#cells.cell(message);
  }

  async add(message: MessageId, note?: string): Promise<Bookmark> {
    const params = note === undefined ? { message } : { message, note };
    const { bookmark } = await this.#asker.call('bookmark.add', params);
    this.#set(message, true);
    return bookmark;
  }

  async remove(message: MessageId): Promise<void> {
    await this.#asker.call('bookmark.remove', { message });
    this.#set(message, false);
  }

  list(after?: MessageId): Promise<Result<'bookmark.list'>> {
    return this.#asker.call('bookmark.list', after === undefined ? {} : { after });
  }

  left(): void {
    this.#generation += 1;
    this.#state = 'unknown';
    this.#kept.clear();
    this.#told.clear();
    for (const message of this.#cells.keys()) this.#cells.set(message, undefined);
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.bookmark-added') this.#set(event.data.message, true);
    else if (event.event === 'inbox.bookmark-removed') this.#set(event.data.message, false);
  }

  #isKept(message: MessageId): boolean | undefined {
    return this.#told.get(message) ?? (this.#state === 'known' ? this.#kept.has(message) : undefined);
  }

  #set(message: MessageId, kept: boolean): void {
    if (this.#state === 'known') {
      if (kept) this.#kept.add(message);
      else this.#kept.delete(message);
    } else this.#told.set(message, kept);
    this.#cells.set(message, kept);
    this.changes.set(this.changes.get() + 1);
  }

  async #load(): Promise<void> {
    this.#state = 'asking';
    const generation = this.#generation;
    try {
      const found = await this.#all();
      if (generation !== this.#generation) return;
      this.#state = 'known';
      for (const message of found) this.#kept.add(message);
      for (const [message, kept] of this.#told) this.#set(message, kept);
      this.#told.clear();
      for (const message of this.#cells.keys()) this.#cells.set(message, this.#kept.has(message));
    } catch {
      // Asked again with the next message that is looked at.
      if (generation === this.#generation) this.#state = 'unknown';
    }
  }

  async #all(): Promise<MessageId[]> {
    const found: MessageId[] = [];
    const limit = limits.messagesPerPage;
    for (let more = true; more && found.length < limits.bookmarksPerPerson; ) {
      const last = found.at(-1);
      const page = await this.#asker.call('bookmark.list', last === undefined ? { limit } : { limit, after: last });
      found.push(...page.bookmarks.map(({ message }) => message.id));
      more = page.more && page.bookmarks.length > 0;
    }
    return found;
  }
}
