/** The connection behind a feed: what it has room for. */
export interface FeedGate {
  /** Whether the other side takes more at the moment; if not, `opened` of the feed is called when it does. */
  isOpen(): boolean;
  /** The bytes that wait in this feed changed by so many. */
  waiting(bytes: number): void;
  /** The feed ended, whichever side wanted it. */
  ended(): void;
}

interface Item<T> {
  readonly value: T;
  readonly bytes: number;
}

interface Taker<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/**
 * The events of one subscription on their way out. It gives no faster than its connection takes; what waits counts
 * among the connection's unsent bytes, so that one that does not read becomes lagging and nothing more arrives ([S1]).
 */
export class Feed<T> implements AsyncIterableIterator<T, undefined> {
  private readonly gate: FeedGate;
  /** Told of each value as it leaves. */
  private readonly given: ((value: T) => void) | undefined;
  private items: Item<T>[] = [];
  private taker: Taker<T> | null = null;
  private failure: { readonly error: unknown } | null = null;
  private over = false;

  constructor(gate: FeedGate, given?: (value: T) => void) {
    this.gate = gate;
    this.given = given;
  }

  get isOver(): boolean {
    return this.over;
  }

  push(value: T, bytes: number): void {
    if (this.over) return;
    this.items.push({ value, bytes });
    this.gate.waiting(bytes);
    this.give();
  }

  /** Ends with this error, after what was pushed before. */
  fail(error: unknown): void {
    if (this.over) return;
    this.failure ??= { error };
    this.give();
  }

  /** The connection takes more. */
  opened(): void {
    this.give();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.taker = { resolve, reject };
      this.give();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private give(): void {
    const { taker } = this;
    if (taker === null || this.over) return;
    const [item] = this.items;
    if (item !== undefined) {
      if (!this.gate.isOpen()) return;
      this.items.shift();
      this.taker = null;
      this.given?.(item.value);
      this.gate.waiting(-item.bytes);
      taker.resolve({ done: false, value: item.value });
    } else if (this.failure !== null) {
      this.taker = null;
      this.end();
      taker.reject(this.failure.error);
    }
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    const bytes = this.items.reduce((sum, item) => sum + item.bytes, 0);
    this.items = [];
    this.gate.waiting(-bytes);
    this.taker?.resolve({ done: true, value: undefined });
    this.taker = null;
    this.gate.ended();
  }
}
