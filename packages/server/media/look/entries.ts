import { limits } from '@confab/protocol/limits.ts';
import { lookLimits } from '../limits.ts';
import type { LookedInto } from '../media.ts';

type Listed = NonNullable<LookedInto['entries']>;

/** What cannot be seen, or turns text around. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** What is in an archive, as far as it is listed. Paths are only read: where they lead to does not matter. */
export class Entries {
  readonly #found: Listed['entries'][number][] = [];
  #more = false;

  /** @param size in bytes; `null` of a folder, and where it is not known */
  add(path: string, size: number | null): void {
    if (this.isFull) this.#more = true;
    else this.#found.push({ name: shown(path), size });
  }

  /** Others are there, or may be. */
  cutShort(): void {
    this.#more = true;
  }

  get isFull(): boolean {
    return this.#found.length >= limits.archiveEntries;
  }

  /** There is one more than are listed. */
  get isOver(): boolean {
    return this.#more;
  }

  get listed(): Listed {
    return { entries: this.#found, more: this.#more };
  }
}

const shown = (path: string): string =>
  path.slice(0, lookLimits.entryNameChars).toWellFormed().replace(unseen, '_') || '_';
