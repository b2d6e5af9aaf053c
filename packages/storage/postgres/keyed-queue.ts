export interface KeyedQueueOptions<Item, Lane> {
  /** Items that wait; one more is refused. */
  readonly maxQueued: number;
  /** Items of one key that leave together. */
  readonly maxBatch: number;
  /** Does a batch, settles its items, and resolves to whether the lane can be used again. Never rejects. */
  readonly run: (lane: Lane, key: string, batch: readonly Item[]) => Promise<boolean>;
  /** Asked each time when a key waits and no lane is free. */
  readonly needLane: () => void;
}

/** What waits of one key, and since when (milliseconds of the caller's clock). */
interface Waiting<Item> {
  items: Item[];
  since: number[];
  inFlight: boolean;
}

/**
 * Hands work to lanes. Of each key at most one batch is in flight; what arrives meanwhile is its next one. Keys that
 * wait take turns, so that a busy one does not hold up the others.
 */
export class KeyedQueue<Item, Lane> {
  readonly #options: KeyedQueueOptions<Item, Lane>;
  readonly #keys = new Map<string, Waiting<Item>>();
  /** Keys that wait and have nothing in flight, in the order of their turns. */
  #turns: string[] = [];
  readonly #free: Lane[] = [];
  #queued = 0;
  #inFlight = 0;
  #starting = false;
  #drained: (() => void) | undefined;

  constructor(options: KeyedQueueOptions<Item, Lane>) {
    this.#options = options;
  }

  /** Items that wait. */
  get queued(): number {
    return this.#queued;
  }

  /** False when there is no room. What is submitted in one go leaves together. */
  submit(key: string, item: Item, nowMs: number): boolean {
    if (this.#queued >= this.#options.maxQueued) return false;
    this.#queued += 1;
    const waiting = this.#keys.get(key);
    if (waiting === undefined) {
      this.#keys.set(key, { items: [item], since: [nowMs], inFlight: false });
      this.#turns.push(key);
    } else {
      if (waiting.items.length === 0 && !waiting.inFlight) this.#turns.push(key);
      waiting.items.push(item);
      waiting.since.push(nowMs);
    }
    if (!this.#starting) {
      this.#starting = true;
      queueMicrotask(this.#start);
    }
    return true;
  }

  /** A lane is free. */
  offer(lane: Lane): void {
    this.#free.push(lane);
    this.#start();
  }

  /** A lane that is free can no longer be used. */
  withdraw(lane: Lane): void {
    const at = this.#free.indexOf(lane);
    if (at !== -1) this.#free.splice(at, 1);
  }

  /** Takes out what waits since `sinceMs` or longer. */
  expire(sinceMs: number): Item[] {
    const expired: Item[] = [];
    for (const [key, waiting] of this.#keys) {
      let count = 0;
      while (count < waiting.since.length && (waiting.since[count] ?? 0) <= sinceMs) count += 1;
      if (count === 0) continue;
      expired.push(...waiting.items.splice(0, count));
      waiting.since.splice(0, count);
      if (waiting.items.length === 0 && !waiting.inFlight) this.#keys.delete(key);
    }
    this.#turns = this.#turns.filter((key) => this.#keys.has(key));
    this.#queued -= expired.length;
    this.#tellDrained();
    return expired;
  }

  /** Resolves when nothing waits and nothing is in flight. Called once. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve;
      this.#tellDrained();
    });
  }

  readonly #start = (): void => {
    this.#starting = false;
    while (this.#turns.length > 0) {
      const lane = this.#free.pop();
      if (lane === undefined) {
        this.#options.needLane();
        return;
      }
      const key = this.#turns.shift() as string;
      void this.#run(lane, key);
    }
  };

  async #run(lane: Lane, key: string): Promise<void> {
    const waiting = this.#keys.get(key) as Waiting<Item>;
    const batch = waiting.items.splice(0, this.#options.maxBatch);
    waiting.since.splice(0, batch.length);
    waiting.inFlight = true;
    this.#queued -= batch.length;
    this.#inFlight += 1;
    const usable = await this.#options.run(lane, key, batch);
    this.#inFlight -= 1;
    waiting.inFlight = false;
    if (waiting.items.length > 0) this.#turns.push(key);
    else this.#keys.delete(key);
    if (usable) this.#free.push(lane);
    this.#start();
    this.#tellDrained();
  }

  #tellDrained(): void {
    if (this.#queued === 0 && this.#inFlight === 0) this.#drained?.();
  }
}
