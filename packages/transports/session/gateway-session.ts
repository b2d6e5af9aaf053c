import type { Credentials, DoorSession, Peer } from '@confab/engine';
import {
  type CloseReason,
  type CommandName,
  jsonCodec,
  type Params,
  protocolVersions,
  type ReconnectWindow,
  type Result,
  toWireError,
  type Welcome,
  type WireError,
} from '@confab/protocol';
import type { DoorParts } from '../door.ts';
import { refusalNow } from '../not-now.ts';
import { framesOf, gatewayFraming, SharedEvent } from './shared-event.ts';

/** Unsent bytes above which no further page of history is read for a connection. */
const pageBytes = 64 * 1024;

type GatewayParts = Pick<DoorParts, 'reception' | 'report'>;

/** The foreign connection, as its session needs it. */
export interface GatewayLink {
  /** The client's address. */
  readonly address: string;
  /** What the gateway calls itself, e.g. `mqtt`; shown to the person among their sessions' connections. */
  readonly client: string;
  /** Bytes that have not left for the network yet: what makes a connection *lagging*. */
  pendingBytes(): number;
  /** Asks the other side for a sign of life, where the foreign protocol has one; then call `heard()`. */
  probe?(): void;
  /** An event, in the order of its log. Called synchronously, so nothing comes between a reply and what follows it. */
  event(event: SharedEvent): void;
  /**
   * The server ended the session: say so in the foreign protocol's way, close the foreign connection, and call
   * `left()` when it is gone. `reconnect` is when to come back.
   */
  ended(reason: CloseReason, reconnect: ReconnectWindow | null): void;
}

/** Called once, synchronously, in the order in which replies and events arrive. */
export interface Waiter<T> {
  resolve(result: T): void;
  reject(error: WireError): void;
}

export type Outcome<T> = { readonly result: T } | { readonly error: WireError };

/**
 * A session of the engine on behalf of a client that speaks another protocol. It speaks ours with the engine, so
 * whoever comes through a gateway is authenticated, authorised, validated, limited and revoked like everyone else.
 */
export class GatewaySession {
  private readonly link: GatewayLink;
  private readonly report: DoorParts['report'];
  private readonly door: DoorSession;
  private readonly waiting = new Map<number, Waiter<unknown>>();
  private wantsRoom: (() => void)[] = [];
  private nextId = 1;
  private reconnect: ReconnectWindow | null = null;
  private over = false;
  private deaf = false;
  private gone = false;
  /** What the engine said when it let the session in. */
  welcome: Welcome | null = null;

  private constructor({ reception, report }: GatewayParts, credentials: Credentials, link: GatewayLink) {
    this.link = link;
    this.report = report;
    const peer: Peer = {
      framing: gatewayFraming,
      address: link.address,
      write: (bytes) => this.take(bytes),
      pendingBytes: () => link.pendingBytes(),
      probe: () => link.probe?.(),
      close: (reason) => this.end(reason),
    };
    this.door = reception.accept(peer, credentials);
  }

  /**
   * Lets a foreign client in, or says why not; then nothing is left to close. Takes one of the address's connections:
   * call it once per foreign connection, after `mayConnect`.
   */
  static async open(
    parts: GatewayParts,
    credentials: Credentials,
    link: GatewayLink,
  ): Promise<{ session: GatewaySession } | { error: WireError }> {
    const refused = refusalNow(parts.reception, link.address);
    if (refused !== undefined) return { error: toWireError(refused.code, refused.details) };
    if (credentials.token === null) return { error: toWireError('unauthenticated') };
    const session = new GatewaySession(parts, credentials, link);
    const outcome = await session.request('connection.hello', { versions: [...protocolVersions], client: link.client });
    if ('error' in outcome) {
      session.left();
      return outcome;
    }
    session.welcome = outcome.result;
    return { session };
  }

  /** Whether the server ended it, or the client is gone. */
  get isOver(): boolean {
    return this.over || this.gone;
  }

  /** Asks a command and calls back in the very order in which replies and events arrive. */
  ask<Name extends CommandName>(command: Name, params: Params<Name>, waiter: Waiter<Result<Name>>): void {
    if (this.isOver) {
      waiter.reject(toWireError('draining'));
      return;
    }
    const id = this.nextId;
    this.nextId += 1;
    this.waiting.set(id, waiter as Waiter<unknown>);
    this.door.receive(jsonCodec.encodeCommand({ id, command, params }));
  }

  /** The same as a promise. Never rejects. Events may have arrived between the answer and whoever awaits it. */
  request<Name extends CommandName>(command: Name, params: Params<Name>): Promise<Outcome<Result<Name>>> {
    return new Promise((resolve) => {
      this.ask(command, params, {
        resolve: (result) => resolve({ result }),
        reject: (error) => resolve({ error }),
      });
    });
  }

  /** A command whose name and parameters come from the other side; the engine validates both. */
  requestAny(command: string, params: unknown): Promise<Outcome<unknown>> {
    return this.request(command as CommandName, params as never);
  }

  /** Something was heard from the foreign client that is not a command: a ping, an acknowledgement. */
  heard(): void {
    this.door.alive();
  }

  /** The foreign connection's pending bytes fell. */
  drained(): void {
    this.door.drained();
    if (this.hasRoom()) this.letWrite();
  }

  /**
   * Resolves when the foreign connection takes more, or will never take anything again: for what is read in pages as
   * fast as it is taken.
   */
  async roomToWrite(): Promise<void> {
    while (!this.isOver && !this.deaf && !this.hasRoom()) {
      await new Promise<void>((resolve) => {
        this.wantsRoom.push(resolve);
      });
    }
  }

  /** The foreign client takes nothing any more, but what it asked for before is still done; then call `left()`. */
  unheard(): void {
    this.deaf = true;
    this.letWrite();
  }

  /** The foreign client broke its own protocol: ends the session with this reason. */
  violated(reason: CloseReason): void {
    this.door.violated(reason);
  }

  /** The foreign connection is gone. To be called in any case; more than once does nothing. */
  left(): void {
    if (this.gone) return;
    this.gone = true;
    this.door.closed();
    this.abandon();
  }

  private take(bytes: Uint8Array): void {
    for (const frame of framesOf(bytes)) {
      if (this.gone) return;
      if (frame instanceof SharedEvent) this.hear(frame);
      else {
        const waiter = this.waiting.get(frame.reply);
        this.waiting.delete(frame.reply);
        if ('error' in frame) waiter?.reject(frame.error);
        else waiter?.resolve(frame.result);
      }
    }
  }

  private hear(event: SharedEvent): void {
    const { frame } = event;
    if (frame.event === 'connection.closing') {
      this.reconnect = frame.data.reconnect;
      return;
    }
    try {
      this.link.event(event);
    } catch (error) {
      // A translation's bug ends this connection and no other.
      this.report('error', 'an event could not be translated', { client: this.link.client, event: frame.event, error });
      this.door.violated('internal');
    }
  }

  private end(reason: CloseReason): void {
    if (this.over) return;
    this.over = true;
    const wasOpen = this.welcome !== null;
    this.abandon();
    // Whoever was not let in hears it as the answer to `open`.
    if (wasOpen) this.link.ended(reason, this.reconnect);
  }

  private hasRoom(): boolean {
    return this.link.pendingBytes() <= pageBytes;
  }

  private letWrite(): void {
    const waiting = this.wantsRoom;
    this.wantsRoom = [];
    for (const resolve of waiting) resolve();
  }

  /** No answer comes any more. */
  private abandon(): void {
    this.letWrite();
    const waiters = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiter of waiters) waiter.reject(toWireError('draining'));
  }
}
