import type { CommandName, EventFrame, Hello, Params, Result, Welcome } from '@confab/protocol';
import type { ConnectionState } from '../api.ts';
import { times } from '../bounds.ts';
import { ConfabError } from '../confab-error.ts';
import type { ClientPorts } from '../ports.ts';
import { Cell } from '../store.ts';
import { Backoff } from './backoff.ts';
import { DoorLadder, type DoorName, doorNames } from './door-ladder.ts';
import { type Ending, lost } from './ending.ts';
import { Link } from './link.ts';
import type { Waiter } from './pending-replies.ts';
import { detectWake } from './wake-detector.ts';

interface WaiterFor<Name extends CommandName> {
  readonly resolve: (result: Result<Name>) => void;
  readonly reject: (error: ConfabError) => void;
}

export interface ConnectionHandlers {
  /** Online: called before anyone else may send. */
  welcomed(welcome: Welcome): void;
  event(event: EventFrame): void;
  /** No longer online, for whatever reason. */
  lost(): void;
  /** Ended for good by the server's word. */
  ended(reason: 'signed-out' | 'unsupported-version' | 'stopped'): void;
}

/** Keeps one link to the server up: connects, comes back, and says where it stands. */
export class Connection {
  readonly state = new Cell<ConnectionState>({ status: 'idle' });
  readonly #ports: ClientPorts;
  readonly #url: string;
  readonly #hello: () => Hello;
  readonly #handlers: ConnectionHandlers;
  readonly #backoff: Backoff;
  #link: Link | null = null;
  /** The best door, tried beside the one that works. */
  #trial: Link | null = null;
  #welcome: Welcome | null = null;
  readonly #ladder = new DoorLadder();
  #attempt = 0;
  #cancelWait = () => {};
  #cancelClimb = () => {};
  #stopDetecting: (() => void) | null = null;

  constructor(ports: ClientPorts, url: string, hello: () => Hello, handlers: ConnectionHandlers) {
    this.#ports = ports;
    this.#url = url;
    this.#hello = hello;
    this.#handlers = handlers;
    this.#backoff = new Backoff(ports.random.fraction);
  }

  /** What the server said about this connection; `null` when not online. */
  get welcome(): Welcome | null {
    return this.#welcome;
  }

  start(): void {
    const { status } = this.state.get();
    if (status !== 'idle' && status !== 'stopped') return;
    this.#backoff.forget();
    this.#attempt = 0;
    this.#stopDetecting ??= detectWake(this.#ports, () => this.wake());
    this.#connect();
  }

  stop(reason: 'signed-out' | 'stopped'): void {
    this.#finish(reason);
  }

  /**
   * The device or page is back: tries at once, and makes sure that an open connection lives. What failed before is
   * not held against the network that there is now, not even by an attempt that hangs.
   */
  wake(): void {
    const { status } = this.state.get();
    this.#backoff.forget();
    if (status === 'waiting') this.#connect();
    else if (status === 'online') this.#link?.probe();
  }

  request<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Result<Name>> {
    return new Promise((resolve, reject) => this.ask(name, params, { resolve, reject }));
  }

  /** Like `request`, but calls back in the very order in which replies and events arrive. */
  ask<Name extends CommandName>(name: Name, params: Params<Name>, waiter: WaiterFor<Name>): void {
    if (this.#link === null || this.#welcome === null) waiter.reject(new ConfabError('offline'));
    else this.#link.request(name, params, waiter as Waiter);
  }

  #connect(): void {
    this.#cancelWait();
    this.#attempt += 1;
    const { door } = this.#ladder;
    let welcomed = false;
    const link: Link = new Link(this.#ports, this.#url, door, this.#hello(), {
      welcomed: (welcome) => {
        welcomed = true;
        this.#ladder.succeeded();
        this.#online(link, welcome);
        if (!this.#ladder.isBest) this.#climbLater(times.climbAfterMs);
      },
      event: (event) => this.#handlers.event(event),
      ended: (ending) => {
        if (this.#link !== link) return;
        if (!welcomed && ending.reason === 'lost') void this.#blame(door);
        this.#ended(ending);
      },
    });
    this.#link = link;
    this.state.set({ status: 'connecting', attempt: this.#attempt });
  }

  #online(link: Link, welcome: Welcome): void {
    this.#attempt = 0;
    this.#backoff.succeeded(welcome.reconnect);
    this.#welcome = welcome;
    this.state.set({ status: 'online', since: this.#ports.clock.now(), door: link.door });
    this.#handlers.welcomed(welcome);
  }

  /** A door that leads nowhere while the server answers is not the one for this network. */
  async #blame(door: DoorName): Promise<void> {
    try {
      const address = new URL('/health/live', this.#url.replace(/^ws/, 'http'));
      const { ok } = await this.#ports.fetch(address, { cache: 'no-store' });
      if (ok && this.#ladder.door === door) this.#ladder.failed();
    } catch {
      // No network, or no server: not the door's fault.
    }
  }

  #climbLater(delayMs: number): void {
    this.#cancelClimb();
    this.#cancelClimb = this.#ports.after(delayMs, () => {
      // Nothing may be lost on the way: while a command is unanswered is not the time.
      if (this.#link?.isIdle) this.#climb(Math.min(delayMs * 2, times.climbAtMostMs));
      else this.#climbLater(delayMs);
    });
  }

  /** Tries the best door beside the one that works, and moves over to it when it leads in. */
  #climb(nextMs: number): void {
    const lower = this.#link;
    const trial: Link = new Link(this.#ports, this.#url, doorNames[0], this.#hello(), {
      welcomed: (welcome) => {
        if (this.#trial !== trial || !lower?.isIdle) {
          trial.end(lost);
          return;
        }
        this.#ladder.climbed();
        this.#trial = null;
        this.#letGo();
        this.#link = trial;
        this.#online(trial, welcome);
      },
      event: (event) => this.#handlers.event(event),
      ended: (ending) => {
        if (this.#link === trial) this.#ended(ending);
        else if (this.#trial === trial) {
          this.#trial = null;
          this.#climbLater(nextMs);
        }
      },
    });
    this.#trial = trial;
  }

  #ended(ending: Ending): void {
    if (ending.reconnect !== 'window') {
      const stopped = ending.reason === 'unsupported-version' ? 'unsupported-version' : 'stopped';
      const reason = ending.reconnect === 'sign-in' ? 'signed-out' : stopped;
      this.#finish(reason);
      this.#handlers.ended(reason);
      return;
    }
    const { delayMs, window } = this.#backoff.next(ending.window);
    this.#letGo();
    this.#cancelWait = this.#ports.after(delayMs, () => this.#connect());
    const retryAt = this.#ports.clock.now() + delayMs;
    this.state.set({ status: 'waiting', retryAt, attempt: this.#attempt, reason: ending.reason, window });
  }

  #finish(reason: 'signed-out' | 'unsupported-version' | 'stopped'): void {
    this.#cancelWait();
    this.#stopDetecting?.();
    this.#stopDetecting = null;
    this.#letGo();
    this.state.set({ status: 'stopped', reason });
  }

  #letGo(): void {
    const link = this.#link;
    const wasOnline = this.#welcome !== null;
    this.#cancelClimb();
    const trial = this.#trial;
    this.#trial = null;
    this.#link = null;
    this.#welcome = null;
    link?.end(lost);
    trial?.end(lost);
    if (wasOnline) this.#handlers.lost();
  }
}
