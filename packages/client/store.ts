import type { Store } from './api.ts';

/** A store that its owner writes. Listeners are called once a change, after it. */
export class Cell<T> implements Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  // Arrow functions, so that `get` and `subscribe` may be handed on by themselves.
  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  };

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) guarded(listener);
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }
}

/** Stores by key, made when first asked for. */
export class Cells<Key, T> {
  readonly #cells = new Map<Key, Cell<T>>();
  readonly #initial: (key: Key) => T;

  constructor(initial: (key: Key) => T) {
    this.#initial = initial;
  }

  cell(key: Key): Cell<T> {
    let cell = this.#cells.get(key);
    if (cell === undefined) {
      cell = new Cell(this.#initial(key));
      this.#cells.set(key, cell);
    }
    return cell;
  }

  /** Changes a value that someone may look at; a key that nobody asked for costs nothing. */
  set(key: Key, value: T): void {
    this.#cells.get(key)?.set(value);
  }

  keys(): Key[] {
    return [...this.#cells.keys()];
  }
}

/** Runs foreign code: its mistake surfaces as an uncaught error, but does not stop what called it. */
export function guarded(task: () => void): void {
  try {
    task();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
