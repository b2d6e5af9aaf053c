import { isSingle } from './key-press.ts';
import { SHORTCUTS, type ShortcutAction } from './shortcut-table.ts';

/** How long the second key of two may take. */
const sequenceMs = 1_500;

const byKeys = new Map<string, ShortcutAction>(
  SHORTCUTS.flatMap(({ rows }) => rows.flatMap(({ keys, action }) => (action ? [[keys, action] as const] : []))),
);
const beginnings = new Set([...byKeys.keys()].filter((keys) => keys.includes(' ')).map((keys) => keys.split(' ')[0]));

/** Reads presses one after the other. */
export class KeySequence {
  #begun: { press: string; at: number } | null = null;

  /** Whether the next key belongs to one that was pressed before, whatever has the focus. */
  waits(now: number): boolean {
    return this.#begun !== null && now - this.#begun.at <= sequenceMs;
  }

  /** What is to be done; `begun` when another key has to follow. `singles`: whether keys alone do anything. */
  read(press: string, now: number, singles: boolean): ShortcutAction | 'begun' | null {
    const before = this.waits(now) ? this.#begun : null;
    this.#begun = null;
    if (isSingle(press) && !singles) return null;
    if (before !== null) return byKeys.get(`${before.press} ${press}`) ?? null;
    if (!beginnings.has(press)) return byKeys.get(press) ?? null;
    this.#begun = { press, at: now };
    return 'begun';
  }
}
