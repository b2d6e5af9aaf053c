import type { Credentials } from '@confab/engine';
import type { CloseReason, Home, ReconnectWindow, WireError } from '@confab/protocol';
import type { DoorParts } from '../../door.ts';
import { type GatewayLink, GatewaySession, type Outcome, type SharedEvent, SharedLogs } from '../../session/index.ts';
import { Feed } from './feed.ts';
import { followEvents, followMessages } from './follow.ts';
import type { GraphqlLimits } from './limits.ts';
import { overLimit, refusal } from './refusals.ts';
import type { GraphqlContext, Streams } from './schema/context.ts';

/** The foreign connection: a WebSocket, or an event stream. */
export interface Wire extends Pick<GatewayLink, 'address' | 'client' | 'pendingBytes'> {
  probe?(): void;
  ended(reason: CloseReason, reconnect: ReconnectWindow | null): void;
}

export interface ConnectionParts extends Pick<DoorParts, 'reception' | 'report'> {
  readonly limits: GraphqlLimits;
}

/** One signed-in connection: its session, its subscriptions, and what waits in them. */
export class GraphqlConnection {
  readonly session: GatewaySession;
  readonly logs: SharedLogs;
  /** Hear events that stand on no log: presence. */
  readonly bystanders = new Set<(event: SharedEvent) => void>();
  private readonly wire: Wire;
  private readonly limits: GraphqlLimits;
  private readonly feeds = new Set<Feed<unknown>>();
  private queued = 0;
  private draining = false;

  private constructor(session: GatewaySession, wire: Wire, limits: GraphqlLimits) {
    this.session = session;
    this.wire = wire;
    this.limits = limits;
    this.logs = new SharedLogs(session);
  }

  /** Lets a connection in, or says why not. */
  static async open(
    { limits, ...parts }: ConnectionParts,
    credentials: Credentials,
    wire: Wire,
  ): Promise<{ connection: GraphqlConnection } | { error: WireError }> {
    let connection: GraphqlConnection | undefined;
    const opened = await GatewaySession.open(parts, credentials, {
      address: wire.address,
      client: wire.client,
      pendingBytes: () => wire.pendingBytes() + (connection?.queued ?? 0),
      probe: () => wire.probe?.(),
      event: (event) => connection?.hear(event),
      ended: (reason, reconnect) => wire.ended(reason, reconnect),
    });
    if ('error' in opened) return opened;
    connection = new GraphqlConnection(opened.session, wire, limits);
    return { connection };
  }

  /** What one operation is run with. */
  context(): GraphqlContext {
    const { session } = this;
    let home: Promise<Outcome<Home>> | undefined;
    const context: GraphqlContext = {
      ask: (command, params) => session.requestAny(command, params),
      home: () => {
        home ??= session.request('account.home', {});
        return home;
      },
      streams: {
        messages: (...args) => followMessages(this, context, ...args),
        events: (...args) => followEvents(this, context, ...args),
      } satisfies Streams,
    };
    return context;
  }

  /**
   * Counts a message against the connection's rate, whatever becomes of it: what cannot be parsed or is refused before
   * it is a command costs as much as one ([C4]).
   */
  count(): void {
    this.session.ask('connection.ping', {}, { resolve: () => {}, reject: () => {} });
  }

  get subscriptions(): number {
    return this.feeds.size;
  }

  /** A new subscription's way out; `ended` lets go of what it hears. Throws when there are too many. */
  feed<T>(ended: () => void, given?: (value: T) => void): Feed<T> {
    const { limits } = this;
    if (this.feeds.size >= limits.subscriptions) throw overLimit(limits.subscriptions, 'subscriptions on a connection');
    const feed = new Feed<T>(
      {
        isOpen: () => this.wire.pendingBytes() <= limits.gateBytes,
        waiting: (bytes) => this.waits(bytes),
        ended: () => {
          this.feeds.delete(feed as Feed<unknown>);
          ended();
        },
      },
      given,
    );
    this.feeds.add(feed as Feed<unknown>);
    return feed;
  }

  /** The wire took what was written to it. */
  drained(): void {
    for (const feed of [...this.feeds]) feed.opened();
    this.session.drained();
  }

  /** Ends all subscriptions with an error. */
  fail(error: WireError): void {
    for (const feed of [...this.feeds]) feed.fail(refusal(error));
  }

  /** The wire is gone. More than once does nothing. */
  left(): void {
    this.session.left();
    for (const feed of [...this.feeds]) void feed.return();
  }

  private hear(event: SharedEvent): void {
    const { frame } = event;
    if (this.logs.take(event) || 'log' in frame || frame.event === 'log.head') return;
    for (const bystander of this.bystanders) bystander(event);
  }

  private waits(bytes: number): void {
    this.queued += bytes;
    if (this.queued > this.limits.queuedBytes) this.session.violated('too-slow');
    else if (bytes < 0 && this.queued === 0 && !this.draining) {
      this.draining = true;
      // Not at once: what the engine then writes must not overtake the rest of the write that is being read.
      queueMicrotask(() => {
        this.draining = false;
        this.session.drained();
      });
    }
  }
}
