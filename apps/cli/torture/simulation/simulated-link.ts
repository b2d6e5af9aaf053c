import type { SocketHandlers } from '@confab/client';
import type { DoorSession, Framing, Peer } from '@confab/engine';
import { type CloseReason, closeCodes } from '@confab/protocol';
import type { SimulatedNode } from './simulated-node.ts';
import type { World } from './world.ts';

const lines: Framing = { name: 'lines', frame: (text) => Buffer.from(`${text}\n`) };
const gone = 1006;

/** `written` hears of what the node writes when it does. */
type LinkHandlers = SocketHandlers & { written?(text: string): void };

/** A connection between a device and a node. In each direction everything arrives in order, or nothing any more. */
export class SimulatedLink implements Peer {
  readonly framing = lines;
  readonly address = '192.0.2.1';
  readonly node: SimulatedNode;
  readonly #name: string;
  readonly #world: World;
  readonly #handlers: LinkHandlers;
  #session: DoorSession | null = null;
  #pending = 0;
  #upAt = 0;
  #downAt = 0;
  /** Nothing passes any more, and nobody is told. */
  #isLost = false;
  #isOver = false;
  #isPaused = false;
  readonly #held: (() => void)[] = [];

  constructor(name: string, world: World, node: SimulatedNode, handlers: LinkHandlers) {
    this.#name = name;
    this.#world = world;
    this.node = node;
    this.#handlers = handlers;
    this.#up(() => this.#accept());
  }

  get isOpen(): boolean {
    return !this.#isOver && !this.#isLost;
  }

  // What the node does

  write(bytes: Uint8Array): void {
    this.#pending += bytes.length;
    const text = Buffer.from(bytes).toString().slice(0, -1);
    this.#handlers.written?.(text);
    this.#down(() => {
      this.#pending -= bytes.length;
      if (!this.#isOver) {
        this.#world.trace.note(`${this.#name} < ${text}`);
        this.#handlers.received(text);
      }
      if (this.node.alive) this.#session?.drained();
    });
  }

  pendingBytes(): number {
    return this.#pending;
  }

  probe(): void {
    this.#down(() => this.#up(() => this.#session?.alive()));
  }

  close(reason: CloseReason): void {
    this.#down(() => this.#end(closeCodes[reason].code));
    this.#world.time.after(1, () => this.#closed());
  }

  // What the device does

  send(text: string): void {
    if (this.#isOver) return;
    this.#world.trace.note(`${this.#name} > ${text}`);
    this.#up(() => this.#session?.receive(text));
  }

  hangUp(): void {
    this.#isOver = true;
    this.#up(() => this.#closed());
  }

  // What happens to both

  /** The device reads nothing for a while. */
  pause(): void {
    this.#isPaused = true;
  }

  goOn(): void {
    this.#isPaused = false;
    for (const arrive of this.#held.splice(0)) arrive();
  }

  /** The cable is cut, and each side has to find out by itself. */
  lose(): void {
    this.#isLost = true;
  }

  /** Both sides are told. */
  cut(): void {
    this.#end(gone);
    this.#closed();
  }

  #accept(): void {
    if (this.#isOver) return;
    const { engine, alive } = this.node;
    if (!alive || engine.refuses(this.address) !== undefined) {
      this.#down(() => this.#end(gone));
      return;
    }
    this.#session = engine.accept(this, { token: null });
    this.#down(() => {
      if (!this.#isOver) this.#handlers.opened();
    });
  }

  #end(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#world.trace.note(`${this.#name} ends with ${code}`);
    this.#handlers.closed(code);
  }

  #closed(): void {
    const session = this.#session;
    this.#session = null;
    if (this.node.alive) session?.closed();
  }

  #up(task: () => void): void {
    this.#upAt = this.#later(this.#upAt, () => {
      if (this.node.alive || this.#session === null) task();
    });
  }

  #down(task: () => void): void {
    this.#downAt = this.#later(this.#downAt, () => {
      if (this.#isPaused) this.#held.push(task);
      else task();
    });
  }

  #later(afterMs: number, task: () => void): number {
    const { time, dice, between } = this.#world;
    const atMs = Math.max(afterMs, time.monotonicMs + dice.between(0.1, between.deviceSlowestMs));
    time.after(atMs - time.monotonicMs, () => {
      if (!this.#isLost) task();
    });
    return atMs;
  }
}
