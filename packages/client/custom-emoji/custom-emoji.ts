import type { CustomEmoji, CustomEmojiId, LoggedEvent, SpaceId } from '@confab/protocol';
import type { CustomEmojiApi, Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import { Cells } from '../store.ts';

const none: readonly CustomEmoji[] = [];
const byName = (a: CustomEmoji, b: CustomEmoji) => (a.name < b.name ? -1 : 1);

interface Known {
  readonly emoji: readonly CustomEmoji[];
  /** The seq of the space's log that each was told at; what an answer says of it may be older. */
  readonly told: ReadonlyMap<CustomEmojiId, number>;
}

/** The emoji that each space has of its own, asked for when they are first looked at. */
export class CustomEmojis implements CustomEmojiApi {
  readonly #asker: Asker;
  readonly #known = new Map<SpaceId, Known>();
  readonly #cells = new Cells<SpaceId, readonly CustomEmoji[]>((space) => this.#known.get(space)?.emoji ?? none);
  readonly #asked = new Set<SpaceId>();

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  of(space: SpaceId): Store<readonly CustomEmoji[]> {
    if (!this.#asked.has(space)) void this.#load(space);
    return this.#cells.cell(space);
  }

  async add(space: SpaceId, name: string, file: string): Promise<CustomEmoji> {
    // Larger than what a connection takes in one frame.
    const { emoji } = await this.#asker.callHttp('emoji.add', { space, name, file });
    return emoji;
  }

  async rename({ space, id }: CustomEmoji, name: string, aliases: string[]): Promise<void> {
    await this.#asker.call('emoji.rename', { space, emoji: id, name, aliases });
  }

  async remove({ space, id }: CustomEmoji): Promise<void> {
    await this.#asker.call('emoji.remove', { space, emoji: id });
  }

  /** What a space's log tells. */
  apply(event: LoggedEvent): void {
    if (event.event === 'space.emoji-changed') {
      const { emoji } = event.data;
      this.#tell(emoji.space, emoji.id, emoji, event.seq);
    } else if (event.event === 'space.emoji-removed') {
      this.#tell(event.log.slice('space:'.length) as SpaceId, event.data.emoji, null, event.seq);
    }
  }

  /** Another person, or a history read anew: what was known is asked for again when it is looked at. */
  clear(): void {
    const spaces = [...this.#known.keys()];
    this.#known.clear();
    this.#asked.clear();
    for (const space of spaces) this.#cells.set(space, none);
  }

  #tell(space: SpaceId, id: CustomEmojiId, emoji: CustomEmoji | null, seq: number): void {
    const { emoji: before = none, told = new Map() } = this.#known.get(space) ?? {};
    const others = before.filter((other) => other.id !== id);
    this.#show(space, { emoji: emoji === null ? others : [...others, emoji], told: new Map([...told, [id, seq]]) });
  }

  async #load(space: SpaceId): Promise<void> {
    this.#asked.add(space);
    try {
      const { emoji } = await this.#asker.call('emoji.list', { space });
      if (!this.#asked.has(space)) return;
      const { emoji: heard = none, told = new Map() } = this.#known.get(space) ?? {};
      // What the log told meanwhile is newer than the answer.
      this.#show(space, { emoji: [...heard, ...emoji.filter(({ id }) => !told.has(id))], told });
    } catch {
      // Asked again by looking again.
      this.#asked.delete(space);
    }
  }

  #show(space: SpaceId, { emoji, told }: Known): void {
    const sorted = [...emoji].sort(byName);
    this.#known.set(space, { emoji: sorted, told });
    this.#cells.set(space, sorted);
  }
}
