import {
  type CloseReason,
  type CommandFrame,
  closeCodes,
  type ErrorCode,
  type ErrorDetails,
  jsonCodec,
  type LogId,
  toWireError,
  type UserId,
  type WireError,
} from '@confab/protocol';
import { catchUp } from './catch-up.ts';
import { dispatch } from './dispatch.ts';
import type { ConnectionHandle } from './domain.ts';
import { Frame } from './frame.ts';
import { checkHeartbeat, nextCheckMs } from './heartbeat.ts';
import { sayHello } from './hello.ts';
import type { Listening } from './listening.ts';
import { Outlet, type OutletOwner } from './outbox.ts';
import type { EngineParts } from './parts.ts';
import type { Actor } from './ports.ts';
import { TokenBucket } from './rate-limit.ts';
import { WheelEntry } from './timer-wheel.ts';
import type { DoorSession, Peer } from './transport.ts';

/** `lagging` is open too, but its events come from the log. */
export type SessionState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'authenticating' }
  | { readonly kind: 'open'; readonly actor: Actor }
  | { readonly kind: 'lagging'; readonly actor: Actor; readonly sinceMs: number }
  | { readonly kind: 'closing' };

const opening: SessionState = { kind: 'opening' };
const authenticating: SessionState = { kind: 'authenticating' };
const closing: SessionState = { kind: 'closing' };
const lagRetryMs = 1_000;

/** One connection, from its door's first word to its last. */
export class Session extends WheelEntry implements DoorSession, ConnectionHandle, OutletOwner {
  readonly id: number;
  readonly parts: EngineParts;
  readonly outlet: Outlet;
  state: SessionState = opening;
  user: UserId | null = null;
  /** What it was let in with, for asking again before the session expires. */
  token: string | null;
  readonly listenings = new Map<LogId, Listening>();
  away = false;
  /** Monotonic milliseconds, as exact as the wheel. */
  lastHeardMs: number;
  /** The expiry (Unix ms) for which a renewal was asked already. */
  renewalAskedFor = 0;
  catchingUp = false;
  /** `log.listen` and `log.unlisten` take their turns; nothing else waits for anything. */
  listenTurn: Promise<void> | null = null;
  /** A right of its user is being checked: nothing new is told of logs before that is over. */
  checking: Promise<unknown> | null = null;
  private inFlight = 0;
  private leaving = false;
  private gone = false;
  private watched: readonly string[] = [];
  private readonly frames: TokenBucket;

  constructor(id: number, peer: Peer, token: string | null, parts: EngineParts) {
    super();
    this.id = id;
    this.parts = parts;
    this.token = token;
    this.outlet = new Outlet(peer, this, parts.outbox.nothing);
    this.lastHeardMs = parts.clock.monotonic();
    this.frames = new TokenBucket(parts.limits.framesBurst, this.lastHeardMs);
    parts.wheel.schedule(this, parts.limits.helloMs);
  }

  // What the door calls

  receive(text: string): void {
    if (this.isClosing()) return;
    this.lastHeardMs = this.parts.wheel.nowMs;
    let frames: CommandFrame[];
    try {
      frames = jsonCodec.decodeCommands(text);
    } catch {
      this.close('malformed');
      return;
    }
    const { framesPerSecond, framesBurst } = this.parts.limits;
    const nowMs = this.parts.clock.monotonic();
    for (const frame of frames) {
      if (!this.frames.take(nowMs, framesPerSecond, framesBurst)) this.close('flooding');
      else this.take(frame);
      if (this.isClosing()) return;
    }
  }

  alive(): void {
    this.lastHeardMs = this.parts.wheel.nowMs;
  }

  drained(): void {
    this.wrote();
  }

  violated(reason: CloseReason): void {
    this.close(reason);
  }

  closed(): void {
    if (this.gone) return;
    this.gone = true;
    this.leave();
    this.parts.sessions.delete(this);
    this.parts.admission.left(this.outlet.peer.address);
  }

  // Commands

  private take(frame: CommandFrame): void {
    const { state, parts } = this;
    if (state.kind === 'opening' && frame.command === 'connection.hello') {
      this.state = authenticating;
      void sayHello(this, frame);
    } else if (state.kind === 'open' || state.kind === 'lagging') {
      if (this.leaving) this.refuse(frame.id, 'draining');
      else if (this.inFlight >= parts.limits.inFlight) {
        this.refuse(frame.id, 'too-many-in-flight', { limit: parts.limits.inFlight });
      } else {
        this.inFlight += 1;
        void dispatch(this, state.actor, frame);
      }
    } else {
      this.close('unauthenticated');
    }
  }

  /** Answers a command that was dispatched: `text` is the whole reply frame. */
  answer(text: string): void {
    this.inFlight -= 1;
    this.send(text);
    if (this.leaving && this.inFlight === 0) this.close('draining');
  }

  /** Answers a command that was not taken on. */
  private refuse(id: number, code: ErrorCode, details?: ErrorDetails): void {
    this.sendError(id, toWireError(code, details));
  }

  sendError(id: number, error: WireError): void {
    this.send(jsonCodec.encodeError(id, error));
  }

  send(text: string): void {
    this.parts.outbox.queue(this.outlet, new Frame(text));
  }

  /** Runs `work` after all earlier work of this kind. `work` does not reject. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.listenTurn === null ? work() : this.listenTurn.then(work);
    this.listenTurn = turn;
    return turn.then(() => {
      if (this.listenTurn === turn) this.listenTurn = null;
    });
  }

  /** Runs `work`, which finds out whether a right still stands. */
  whileChecking(work: () => Promise<void>): Promise<void> {
    const check = work();
    const all: Promise<unknown> = Promise.allSettled([this.checking, check]).then(() => {
      if (this.checking === all) this.checking = null;
    });
    this.checking = all;
    return check;
  }

  // Its state

  isClosing(): boolean {
    return this.state.kind === 'closing';
  }

  opened(actor: Actor, token: string): void {
    this.state = { kind: 'open', actor };
    this.user = actor.user;
    this.token = token;
    this.outlet.accepting = true;
    this.parts.presence.arrived(actor.user, this);
    this.parts.revocationSweep.start();
    this.scheduleCheck();
  }

  /** The session behind the connection was renewed. */
  renewed(actor: Actor): void {
    if (this.state.kind === 'open' || this.state.kind === 'lagging') this.state = { ...this.state, actor };
    this.scheduleCheck();
  }

  get actor(): Actor | null {
    return this.state.kind === 'open' || this.state.kind === 'lagging' ? this.state.actor : null;
  }

  fellBehind(): void {
    if (this.state.kind !== 'open') return;
    this.state = { kind: 'lagging', actor: this.state.actor, sinceMs: this.parts.clock.monotonic() };
    this.outlet.accepting = false;
    this.parts.wheel.schedule(this, lagRetryMs);
  }

  caughtUp(): void {
    if (this.state.kind !== 'lagging') return;
    this.state = { kind: 'open', actor: this.state.actor };
    this.outlet.accepting = true;
    this.scheduleCheck();
  }

  wrote(): void {
    if (this.state.kind === 'lagging') void catchUp(this);
  }

  overflowed(): void {
    this.outlet.pending = this.parts.outbox.nothing;
    this.close('too-slow');
  }

  onDue(nowMs: number): void {
    checkHeartbeat(this, nowMs);
    if (this.state.kind === 'lagging') void catchUp(this);
    if (this.state.kind !== 'closing') this.scheduleCheck();
  }

  private scheduleCheck(): void {
    const delayMs = nextCheckMs(this);
    this.parts.wheel.schedule(this, this.state.kind === 'lagging' ? Math.min(delayMs, lagRetryMs) : delayMs);
  }

  /** Ends when nothing is unanswered any more. */
  closeWhenIdle(): void {
    if (this.inFlight === 0) this.close('draining');
    else this.leaving = true;
  }

  /** Says why ([H6]), and ends. What was queued before goes out first. */
  close(reason: CloseReason): void {
    if (this.state.kind === 'closing') return;
    const { parts, outlet } = this;
    this.leave();
    const reconnect = closeCodes[reason].reconnect === 'window' ? parts.admission.reconnectWindow() : null;
    const data = { reason, reconnect };
    parts.outbox.queue(outlet, new Frame(JSON.stringify({ event: 'connection.closing', data })));
    parts.outbox.flush(outlet);
    outlet.closed = true;
    outlet.peer.close(reason);
  }

  /** Lets go of everything that others hold of it. */
  private leave(): void {
    if (this.state.kind === 'closing') {
      this.outlet.closed = this.outlet.closed || this.gone;
      return;
    }
    const { parts } = this;
    this.state = closing;
    this.token = null;
    this.outlet.accepting = false;
    this.outlet.closed = this.gone;
    parts.wheel.cancel(this);
    for (const listening of [...this.listenings.values()]) this.unlisten(listening);
    this.watch([]);
    if (this.user !== null) parts.presence.left(this.user, this);
  }

  // What it hears

  unlisten(listening: Listening): void {
    this.listenings.delete(listening.log.id);
    listening.log.remove(listening);
    this.parts.hub.release(listening.log);
  }

  /** Stops telling of a log and says so, as the last that is heard of it ([L10]). */
  closeLog(listening: Listening, reason: 'forbidden' | 'epoch', told: boolean = listening.index >= 0): void {
    this.unlisten(listening);
    // One that is just being answered hears it in the answer.
    if (told) this.send(JSON.stringify({ event: 'log.closed', data: { log: listening.log.id, reason } }));
  }

  /** Goes on telling of a log after a pause; what passed by meanwhile comes from the log. */
  goOn(listening: Listening): void {
    const { log } = listening;
    // Another check of the right to it may be under way, whose answer is newer.
    if (this.listenings.get(log.id) !== listening || listening.index >= 0 || listening.checks > 0) return;
    listening.held = listening.level === 'passive' && listening.cursor < log.head;
    log.add(listening);
    if (this.parts.hub.logs.get(log.id) !== log) {
      this.closeLog(listening, 'epoch');
    } else if (listening.isBehind()) {
      this.fellBehind();
      this.wrote();
    }
  }

  watch(topics: readonly string[]): void {
    for (const topic of this.watched) this.parts.lane.unwatch(this, topic);
    this.watched = this.state.kind === 'closing' ? [] : topics.slice(0, this.parts.limits.watchedTopics);
    for (const topic of this.watched) this.parts.lane.watch(this, topic);
  }

  setAway(away: boolean): void {
    if (this.user === null || this.away === away) return;
    this.away = away;
    if (this.state.kind !== 'closing') this.parts.presence.changed(this.user);
  }
}
