import { peerTimes } from './bounds.ts';
import type { PeerClock } from './ports.ts';

/** Someone with something for the server to pass on. */
export interface Relayed {
  /** Sends one signal with what waits; `true` when there is more. */
  relay(): boolean;
}

/** The way through the server that all peers of a room share: they take turns, so that its rate is kept ([P7]). */
export class RelayLane {
  readonly #clock: PeerClock;
  readonly #line = new Set<Relayed>();
  #cancel: (() => void) | null = null;

  constructor(clock: PeerClock) {
    this.#clock = clock;
  }

  wants(relayed: Relayed): void {
    this.#line.add(relayed);
    this.#wait();
  }

  leaves(relayed: Relayed): void {
    this.#line.delete(relayed);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#line.clear();
  }

  #wait(): void {
    this.#cancel ??= this.#clock.after(peerTimes.relayEveryMs, () => {
      this.#cancel = null;
      this.#next();
    });
  }

  #next(): void {
    const [first] = this.#line;
    if (first === undefined) return;
    this.#line.delete(first);
    if (first.relay()) this.#line.add(first);
    if (this.#line.size > 0) this.#wait();
  }
}
