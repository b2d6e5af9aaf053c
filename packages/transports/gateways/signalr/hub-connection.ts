import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '@confab/engine';
import { type CloseReason, closeCodes } from '@confab/protocol';
import type { Positions } from '../../session/index.ts';
import type { HubEncoding } from './hub/encoding.ts';
import { handshakeResponse, readHandshake } from './hub/handshake.ts';
import { type HubMessage, messageTypes, NotInForm } from './hub/message.ts';
import { Hub, type HubParts } from './hub.ts';
import { wordsOf } from './refusals.ts';
import { Resumption } from './resumption.ts';
import type { Transport, TransportOwner } from './transports/transport.ts';

export interface ConnectionParts extends HubParts {
  readonly clock: Clock;
}

/** What is known of a connection from its negotiation on. */
export interface Negotiated {
  /** What others may know it by. */
  readonly id: string;
  /** What proves that a request belongs to it. */
  readonly connectionToken: string;
  /** The session's token and its hash: nobody else may use the connection. */
  readonly token: string | null;
  readonly tokenHash: Buffer;
  readonly address: string;
  /** Whether it may outlive its transport. */
  readonly mayResume: boolean;
  /** Where an earlier connection stood. */
  readonly from: Positions | undefined;
}

export interface ConnectionWatcher {
  /** It does not wait for its first transport any more. */
  onBegun(): void;
  /** It has ended, and takes nothing more. */
  onOver(): void;
  /** Its transport is gone as well. */
  onGone(): void;
}

type State =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'handshaking' }
  /** What came behind the handshake waits. */
  | { readonly kind: 'opening'; readonly early: Uint8Array[]; earlyBytes: number }
  | { readonly kind: 'open'; readonly hub: Hub; readonly encoding: HubEncoding }
  | { readonly kind: 'over' };

const waiting: State = { kind: 'waiting' };
const handshaking: State = { kind: 'handshaking' };
const over: State = { kind: 'over' };

/** One client, from its negotiation to its end, over one transport or, resumed, over several. */
export class HubConnection implements TransportOwner {
  readonly negotiated: Negotiated;
  private readonly parts: ConnectionParts;
  private readonly watcher: ConnectionWatcher;
  private state: State = waiting;
  /** Monotonic milliseconds since which it has been in its state, or without a transport. */
  private sinceMs: number;
  private lastSentMs = 0;
  private hasSpoken = false;
  private hub: Hub | null = null;
  private resumption: Resumption | null = null;
  transport: Transport | null = null;

  constructor(parts: ConnectionParts, negotiated: Negotiated, watcher: ConnectionWatcher) {
    this.parts = parts;
    this.negotiated = negotiated;
    this.watcher = watcher;
    this.sinceMs = parts.clock.monotonic();
  }

  get isWaiting(): boolean {
    return this.state.kind === 'waiting';
  }

  belongsTo(tokenHash: Buffer): boolean {
    return timingSafeEqual(tokenHash, this.negotiated.tokenHash);
  }

  /** Whether a new WebSocket can take over: nothing is missing of what the client may not have got. */
  get isResumable(): boolean {
    return this.state.kind === 'open' && this.resumption?.isWhole === true;
  }

  /** Whether it was promised that it may be resumed; then another WebSocket is no mistake. */
  get mayHaveBeenResumed(): boolean {
    return this.resumption !== null;
  }

  /** Its first transport, or for a connection that is resumed another one instead of the one it has. */
  attach(transport: Transport): void {
    const { state, resumption } = this;
    const before = this.transport;
    this.transport = transport;
    this.lastSentMs = this.parts.clock.monotonic();
    before?.cut();
    if (state.kind === 'waiting') this.become(handshaking);
    if (state.kind !== 'open' || resumption === null) return;
    if (state.encoding.binary) transport.becomeBinary();
    for (const bytes of resumption.resume()) this.write(bytes);
    state.hub.session.heard();
    state.hub.session.drained();
  }

  // What its transport calls

  received(bytes: Uint8Array): void {
    const { state } = this;
    this.heard();
    try {
      if (state.kind === 'handshaking') this.shakeHands(bytes);
      else if (state.kind === 'opening') this.keep(state, bytes);
      else if (state.kind === 'open') this.take(state.hub, state.encoding, bytes);
    } catch (error) {
      if (error instanceof NotInForm) {
        this.violated(error.tooLarge ? 'frame-too-large' : 'malformed');
        return;
      }
      this.parts.report('error', 'what a SignalR client sent could not be handled', { error });
      this.violated('internal');
    }
  }

  heard(): void {
    this.hub?.session.heard();
  }

  drained(): void {
    this.hub?.session.drained();
  }

  violated(reason: CloseReason): void {
    if (this.state.kind === 'open') this.hub?.session.violated(reason);
    else this.refuse(reason, reason);
  }

  lost(transport: Transport): void {
    if (this.transport !== transport) return;
    this.transport = null;
    this.sinceMs = this.parts.clock.monotonic();
    if (!this.isResumable) this.end();
  }

  // What the server and its clock want

  /** Looks after what is due. Called every so often. */
  look(nowMs: number): void {
    const { state, transport, parts } = this;
    const { limits } = parts;
    transport?.look(nowMs);
    const inStateMs = nowMs - this.sinceMs;
    if (state.kind === 'waiting' && inStateMs >= limits.waitingMs) this.end();
    else if (state.kind === 'handshaking' && inStateMs >= limits.handshakeMs)
      this.refuse('Handshake was canceled.', 'hello-timeout');
    else if (state.kind === 'open' && transport === null && (inStateMs >= limits.resumeMs || !this.isResumable))
      this.end();
    else if (
      state.kind === 'open' &&
      transport?.keepsItselfAlive === false &&
      nowMs - this.lastSentMs >= limits.keepAliveMs
    ) {
      this.write(state.encoding.encode({ type: messageTypes.ping }));
    }
  }

  /** Ends without a word, at once. */
  end(): void {
    this.finish();
    const { transport } = this;
    this.transport = null;
    transport?.cut();
    this.hub?.left();
    this.watcher.onGone();
  }

  // The handshake

  private shakeHands(bytes: Uint8Array): void {
    const { limits } = this.parts;
    const handshake = readHandshake(bytes, limits.messageBytes);
    if ('refused' in handshake) {
      this.refuse(handshake.refused, 'unsupported-version');
      return;
    }
    const { encoding, version, rest } = handshake;
    if (encoding.binary && this.transport?.name === 'ServerSentEvents') {
      this.refuse(
        `Cannot use the '${encoding.name}' protocol on the current transport. The transport does not support 'Binary' transfer format.`,
        'unsupported-version',
      );
      return;
    }
    const state: State = { kind: 'opening', early: [], earlyBytes: 0 };
    this.become(state);
    if (rest.length > 0) this.keep(state, rest);
    this.open(encoding, version).catch((error: unknown) => {
      this.parts.report('error', 'a SignalR client could not be taken in', { error });
      this.end();
    });
  }

  private keep(state: Extract<State, { kind: 'opening' }>, bytes: Uint8Array): void {
    state.earlyBytes += bytes.length;
    if (state.earlyBytes > this.parts.limits.bytesBeforeOpen)
      throw new NotInForm('Too much came early.', { tooLarge: true });
    state.early.push(bytes);
  }

  private async open(encoding: HubEncoding, version: number): Promise<void> {
    const { parts, negotiated } = this;
    const link = {
      address: negotiated.address,
      client: `signalr-${encoding.name}`,
      pendingBytes: () => this.pendingBytes(),
      probe: () => this.transport?.probe(encoding.encode({ type: messageTypes.ping })),
      ended: (reason: CloseReason) => this.ended(encoding, reason),
    };
    const out = { encoding, send: (bytes: Buffer) => this.send(bytes) };
    const opened = await Hub.open(parts, { token: negotiated.token }, link, out, negotiated.from);
    const { state, transport } = this;
    if ('error' in opened) {
      this.refuse(wordsOf(opened.error), 'unauthenticated');
      return;
    }
    if (state.kind !== 'opening' || transport === null) {
      opened.hub.left();
      return;
    }
    this.hub = opened.hub;
    if (negotiated.mayResume && version > 1 && transport.name === 'WebSockets') {
      this.resumption = new Resumption(encoding, parts, (bytes) => this.write(bytes));
    }
    if (encoding.binary) transport.becomeBinary();
    this.write(handshakeResponse());
    this.become({ kind: 'open', hub: opened.hub, encoding });
    const { settleMs, silentSettleMs } = parts.limits;
    opened.hub.settleIn(parts.timers, this.resumption === null ? settleMs : silentSettleMs);
    for (const bytes of state.early) this.received(bytes);
  }

  // Messages

  private take(hub: Hub, encoding: HubEncoding, bytes: Uint8Array): void {
    const { resumption, parts } = this;
    for (const message of encoding.decode(bytes, parts.limits)) {
      if (this.state.kind !== 'open') return;
      if (resumption !== null && !resumption.takes(message)) continue;
      this.dispatch(hub, message);
    }
    resumption?.received(bytes.length);
    // Only now it surely counts what it gets: see `silentSettleMs`.
    if (resumption !== null && !this.hasSpoken) hub.settleIn(parts.timers, parts.limits.settleMs);
    this.hasSpoken = true;
  }

  private dispatch(hub: Hub, message: HubMessage): void {
    switch (message.type) {
      case messageTypes.invocation:
      case messageTypes.streamInvocation:
        hub.call(message);
        break;
      case messageTypes.cancelInvocation:
        hub.cancel(message.invocationId);
        break;
      case messageTypes.close:
        this.resumption?.close();
        this.resumption = null;
        this.finish();
        this.transport?.end('normal');
        this.hub?.left();
        break;
      case messageTypes.ack:
        this.resumption?.acked(message.sequenceId);
        break;
      case messageTypes.sequence:
        if (this.resumption?.beginsAt(message.sequenceId) === false) this.violated('malformed');
        break;
      default:
        // Pings were heard; items and completions belong to calls of the client's methods, of which none are waited for.
        break;
    }
  }

  /** A message that counts. */
  private send(bytes: Buffer): void {
    this.resumption?.sent(bytes);
    this.write(bytes);
    // The engine looks at what it sends itself; answers to calls that never reach it are bounded here.
    if (this.pendingBytes() > this.parts.limits.unsentBytes) this.violated('too-slow');
  }

  private write(bytes: Uint8Array): void {
    this.lastSentMs = this.parts.clock.monotonic();
    this.transport?.write(bytes);
  }

  /** Without a transport all that is kept for the next one waits. */
  private pendingBytes(): number {
    return this.transport?.pendingBytes() ?? this.resumption?.bytes ?? 0;
  }

  // Its end

  /** The server ended the session: says why and whether to come back. */
  private ended(encoding: HubEncoding, reason: CloseReason): void {
    const { reconnect } = closeCodes[reason];
    this.finish();
    this.write(
      encoding.encode({
        type: messageTypes.close,
        error: reason,
        ...(reconnect === 'window' ? { allowReconnect: true } : {}),
      }),
    );
    if (this.transport === null) this.end();
    else this.transport.end(reason);
  }

  /** Not let in: the answer to the handshake says why. */
  private refuse(error: string, reason: CloseReason): void {
    if (this.state.kind === 'over') return;
    if (this.state.kind !== 'waiting') this.write(handshakeResponse(error));
    this.finish();
    if (this.transport === null) this.end();
    else this.transport.end(reason);
  }

  private become(state: State): void {
    if (this.state.kind === 'waiting') this.watcher.onBegun();
    this.state = state;
    this.sinceMs = this.parts.clock.monotonic();
  }

  private finish(): void {
    if (this.state.kind === 'over') return;
    this.become(over);
    this.resumption?.close();
    this.watcher.onOver();
  }
}
