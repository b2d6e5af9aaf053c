import { withoutSkinTone } from './skin-tone.ts';

/** As many as the device remembers; a person uses few. */
const mostKept = 40;
/** What is offered before anything was used. */
const usual = ['👍', '❤️', '😂', '🎉', '👀', '✅'];

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const key = 'confab:emoji-used';

/** How often each emoji was used on this device, in the tone it was last used in. */
export class UsedEmoji {
  readonly #storage: Kept;
  readonly #counts: Map<string, number>;
  #listeners = new Set<() => void>();
  #top: readonly string[];

  constructor(storage: Kept) {
    this.#storage = storage;
    this.#counts = new Map(read(storage));
    this.#top = this.#best();
  }

  /** The six used most, filled up with the usual ones. The same array until it changes. */
  readonly top = (): readonly string[] => this.#top;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  used(emoji: string): void {
    const plain = withoutSkinTone(emoji);
    const before = [...this.#counts].find(([each]) => withoutSkinTone(each) === plain);
    if (before !== undefined) this.#counts.delete(before[0]);
    this.#counts.set(emoji, (before?.[1] ?? 0) + 1);
    this.#forgetRare(emoji);
    try {
      this.#storage.setItem(key, JSON.stringify([...this.#counts]));
    } catch {
      // Storage is full or forbidden: it is remembered until the page is closed.
    }
    this.#top = this.#best();
    for (const listener of this.#listeners) listener();
  }

  #forgetRare(latest: string): void {
    if (this.#counts.size <= mostKept) return;
    const [rarest] = [...this.#counts].filter(([emoji]) => emoji !== latest).sort((a, b) => a[1] - b[1])[0] ?? [];
    if (rarest !== undefined) this.#counts.delete(rarest);
  }

  #best(): readonly string[] {
    const own = [...this.#counts].sort((a, b) => b[1] - a[1]).map(([emoji]) => emoji);
    const known = new Set(own.map(withoutSkinTone));
    return [...own, ...usual.filter((emoji) => !known.has(withoutSkinTone(emoji)))].slice(0, usual.length);
  }
}

function read(storage: Kept): [string, number][] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isCount).slice(0, mostKept) : [];
  } catch {
    return [];
  }
}

function isCount(value: unknown): value is [string, number] {
  if (!Array.isArray(value)) return false;
  const [emoji, count]: unknown[] = value;
  return typeof emoji === 'string' && typeof count === 'number' && emoji.length <= 40;
}
