import type { MessageId, RoomId, UserId } from '@confab/protocol';

/** Where drafts live: local storage, or what stands in for it in a test. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A room, or the message that a thread hangs on. */
export type DraftPlace = RoomId | MessageId;

const prefix = 'confab:draft:';
/** Drafts kept on a device; the oldest goes when one more is written. */
const maxDrafts = 100;

interface StoredDraft {
  text: string;
  /** The message that it is to quote. */
  quote?: MessageId;
  /** Unix milliseconds of the last change. */
  at: number;
}

/** What was typed and not sent, for each person and room or thread. Outlives reloads and sign-outs; a full storage loses nothing typed. */
export class Drafts {
  readonly #storage: DraftStorage;
  readonly #now: () => number;

  constructor(storage: DraftStorage, now: () => number) {
    this.#storage = storage;
    this.#now = now;
  }

  read(user: UserId, place: DraftPlace): string {
    return this.#draft(keyOf(user, place))?.text ?? '';
  }

  /** With when it was last changed (Unix ms). */
  find(user: UserId, place: DraftPlace): StoredDraft | null {
    return this.#draft(keyOf(user, place));
  }

  /** An empty text without a quote forgets the draft. */
  write(user: UserId, place: DraftPlace, text: string, quote?: MessageId): void {
    const key = keyOf(user, place);
    if (text === '' && quote === undefined) {
      this.#storage.removeItem(key);
      return;
    }
    try {
      if (this.#storage.getItem(key) === null) this.#makeRoom();
      this.#storage.setItem(
        key,
        JSON.stringify({ text, ...(quote ? { quote } : {}), at: this.#now() } satisfies StoredDraft),
      );
    } catch {
      // Storage is full or forbidden: the text is still in the composer, only a reload would lose it.
    }
  }

  #makeRoom(): void {
    const keys = this.#keys();
    if (keys.length < maxDrafts) return;
    const age = (key: string) => this.#draft(key)?.at ?? 0;
    const [oldest] = keys.toSorted((a, b) => age(a) - age(b));
    if (oldest !== undefined) this.#storage.removeItem(oldest);
  }

  #keys(): string[] {
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index) ?? '');
    return keys.filter((key) => key.startsWith(prefix));
  }

  #draft(key: string): StoredDraft | null {
    try {
      const found: unknown = JSON.parse(this.#storage.getItem(key) ?? 'null');
      return isDraft(found) ? found : null;
    } catch {
      return null;
    }
  }
}

function isDraft(value: unknown): value is StoredDraft {
  if (typeof value !== 'object' || value === null) return false;
  if ('quote' in value && typeof value.quote !== 'string') return false;
  return 'text' in value && typeof value.text === 'string' && 'at' in value && typeof value.at === 'number';
}

function keyOf(user: UserId, place: DraftPlace): string {
  return `${prefix}${user}:${place}`;
}
