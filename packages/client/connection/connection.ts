import type { CommandName, EventFrame, Hello, Params, Result, Welcome } from '@confab/protocol';
import type { ConnectionState } from '../api.ts';
import { ConfabError } from '../confab-error.ts';
import type { ClientPorts } from '../ports.ts';
import { Cell } from '../store.ts';
import { Backoff } from './backoff.ts';
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
  #welcome: Welcome | null = null;
  #attempt = 0;
  #cancelWait = () => {};
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
    this.#backoff.succeeded();
    this.#attempt = 0;
    this.#stopDetecting ??= detectWake(this.#ports, () => this.wake());
    this.#connect();
  }

  stop(reason: 'signed-out' | 'stopped'): void {
    this.#finish(reason);
  }

  /** The device or page is back: tries at once, and makes sure that an open connection lives. */
  wake(): void {
    const { status } = this.state.get();
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
    const link: Link = new Link(this.#ports, this.#url, this.#hello(), {
      welcomed: (welcome) => {
        this.#attempt = 0;
        this.#backoff.succeeded(welcome.reconnect);
        this.#welcome = welcome;
        this.state.set({ status: 'online', since: this.#ports.clock.now() });
        this.#handlers.welcomed(welcome);
      },
      event: (event) => this.#handlers.event(event),
      ended: (ending) => {
        if (this.#link === link) this.#ended(ending);
      },
    });
    this.#link = link;
    this.state.set({ status: 'connecting', attempt: this.#attempt });
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
    this.#link = null;
    this.#welcome = null;
    link?.end(lost);
    if (wasOnline) this.#handlers.lost();
  }
}
