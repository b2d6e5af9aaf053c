import type { PostgresConnection } from './postgres-connection.ts';

export interface LanePoolOptions {
  /** Connections at most. */
  readonly size: number;
  readonly open: () => Promise<PostgresConnection>;
  /** A connection that can be used from now on. */
  readonly offer: (connection: PostgresConnection) => void;
  /** A connection that cannot be used any more. */
  readonly withdraw: (connection: PostgresConnection) => void;
  /** Whether work waits for a connection. */
  readonly wanted: () => boolean;
}

/** The first pause after a failed attempt to connect; each further one doubles it. */
const firstPauseMs = 20;
const maxPauseMs = 500;

/** Connections as they are needed: made one after the other, and anew after they were lost. */
export class LanePool {
  readonly #options: LanePoolOptions;
  readonly #open = new Set<PostgresConnection>();
  #connecting: Promise<void> | undefined;
  #pause: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #closed = false;

  constructor(options: LanePoolOptions) {
    this.#options = options;
  }

  /** Makes one more, unless there are enough or one is on its way. */
  readonly need = (): void => {
    if (this.#closed || this.#connecting !== undefined || this.#pause !== undefined) return;
    if (this.#open.size >= this.#options.size) return;
    this.#connecting = this.#connect();
  };

  /** Takes a connection that is there already. */
  adopt(connection: PostgresConnection): void {
    this.#open.add(connection);
    connection.whenLost(() => {
      this.#open.delete(connection);
      this.#options.withdraw(connection);
      if (this.#options.wanted()) this.need();
    });
    if (connection.lost === undefined) this.#options.offer(connection);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#pause);
    await this.#connecting;
    await Promise.all([...this.#open].map((connection) => connection.close()));
  }

  async #connect(): Promise<void> {
    try {
      const connection = await this.#options.open();
      this.#connecting = undefined;
      this.#pauseMs = firstPauseMs;
      if (this.#closed) await connection.close();
      else this.adopt(connection);
    } catch {
      this.#connecting = undefined;
      if (!this.#closed) this.#pause = setTimeout(this.#again, this.#pauseMs * (0.5 + Math.random()));
      this.#pauseMs = Math.min(this.#pauseMs * 2, maxPauseMs);
    }
  }

  readonly #again = (): void => {
    this.#pause = undefined;
    if (this.#options.wanted()) this.need();
  };
}
