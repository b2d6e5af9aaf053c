import { doorOf, openSocket, type RawSocket } from '../load/raw-socket.ts';
import type { SwarmCounts } from './swarm-counts.ts';
import type { DialectName } from './swarm-messages.ts';

/** How a server that Confab is compared with speaks, as far as a listener needs. */
interface Dialect {
  path: string;
  /** What is answered to a text; `true` when the text was an event. */
  hear(text: Buffer, send: (text: string) => void): boolean;
  /** The text after which the listener counts as open; `undefined`: at once. */
  opensWith: string | undefined;
}

const dialects: Readonly<Record<Exclude<DialectName, 'confab'>, Dialect>> = {
  // Engine.IO 4: `0` open, `2` ping, `3` pong; Socket.IO 5 in it: `40` connect, `42` event.
  'socket-io': {
    path: '/socket.io/?EIO=4&transport=websocket',
    opensWith: '40',
    hear(text, send) {
      if (text[0] === 0x30) send('40');
      else if (text[0] === 0x32) send('3');
      return text[0] === 0x34 && text[1] === 0x32;
    },
  },
  bare: { path: '/', opensWith: undefined, hear: () => true },
};

/** A listener at a server that knows no logs: it counts events and measures them. */
export class PlainMember {
  readonly index: number;
  readonly last = 0;
  readonly #url: string;
  readonly #dialect: Dialect;
  readonly #counts: SwarmCounts;
  #socket: RawSocket | undefined;
  #opened: (() => void) | undefined;
  listening = false;
  paused = false;
  #cut = false;

  constructor(index: number, url: string, dialect: Exclude<DialectName, 'confab'>, counts: SwarmCounts) {
    this.index = index;
    this.#url = url;
    this.#dialect = dialects[dialect];
    this.#counts = counts;
  }

  async open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#opened = resolve;
    this.#socket = await openSocket({ ...doorOf(this.#url), path: this.#dialect.path }, this);
    if (this.#dialect.opensWith === undefined) this.#ready();
    await promise;
  }

  pause(): void {
    this.paused = true;
    this.#socket?.pause();
  }

  resume(): void {
    this.paused = false;
    this.#socket?.resume();
  }

  cut(): void {
    this.#cut = true;
    this.#socket?.destroy();
  }

  text(payload: Buffer): void {
    const isEvent = this.#dialect.hear(payload, (text) => this.#socket?.send(text));
    if (isEvent) {
      this.#counts.deliveries += 1;
      this.#counts.sample(this.index, payload);
    } else if (!this.listening && payload.toString('latin1', 0, 2) === this.#dialect.opensWith) this.#ready();
  }

  ended(code: number): void {
    this.listening = false;
    if (!this.#cut) this.#counts.end(String(code));
  }

  #ready(): void {
    this.listening = true;
    this.#opened?.();
  }
}
