import { randomUUID } from 'node:crypto';
import type { Timers } from '@confab/engine';
import { type CloseReason, closeCodes, closeSentences, inboxLog, toWireError, type WireError } from '@confab/protocol';
import type { WebSocket } from 'ws';
import type { DoorParts } from '../../door.ts';
import { FollowedLogs, type GatewayLink, GatewaySession, type SharedEvent } from '../../session/index.ts';
import type { Greeting } from './greeting.ts';
import type { PeerJsLimits } from './limits.ts';
import { type Handed, Mailboxes } from './mailboxes.ts';
import { expireMessage, type OutgoingSignal, openMessage, refusalMessage, saidIn, signalMessage } from './messages.ts';

const client = 'peerjs';
/** When a refusal does not say after how long to try again. */
const laterMs = 250;

export interface ConnectionParts extends Pick<DoorParts, 'reception' | 'report' | 'ask'> {
  readonly limits: PeerJsLimits;
  readonly timers: Timers;
}

/** Where a connection comes from, and with whose token. */
export interface Arrival {
  readonly greeting: Greeting;
  readonly token: string;
  readonly address: string;
}

/** One client and the id that it is found by. */
export class PeerJsConnection implements GatewayLink {
  readonly client = client;
  readonly address: string;
  readonly id: string;
  private readonly parts: ConnectionParts;
  private readonly webSocket: WebSocket;
  private readonly arrival: Arrival;
  private readonly mailboxes: Mailboxes;
  /** Says which of the person's connections hears under the id ([P5]). */
  private readonly holder = randomUUID();
  private session: GatewaySession | null = null;
  private logs: FollowedLogs | null = null;
  private held = false;
  private gone = false;
  private cancelRenewal = (): void => {};

  constructor(parts: ConnectionParts, webSocket: WebSocket, arrival: Arrival) {
    this.parts = parts;
    this.webSocket = webSocket;
    this.arrival = arrival;
    this.address = arrival.address;
    this.id = arrival.greeting.id;
    const { timers, limits } = parts;
    this.mailboxes = new Mailboxes({
      timers,
      limits,
      hand: (signal) => this.hand(signal),
      expired: (peer) => this.send(expireMessage(this.id, peer)),
    });
  }

  /** Signs in, begins to listen, and only then takes the id: nothing that is sent to it is missed. */
  async open(): Promise<'opened' | 'refused'> {
    const opened = await GatewaySession.open(this.parts, { token: this.arrival.token }, this);
    if ('error' in opened) return this.refuse(opened.error);
    this.session = opened.session;
    if (this.gone) {
      this.session.left();
      return 'refused';
    }
    const user = opened.session.welcome?.user;
    if (user === undefined) return this.refuse(toWireError('unauthenticated'));
    const logs = new FollowedLogs(opened.session, {
      event: (event) => this.hear(event),
      unfollowed: (log, reason) => {
        // Nothing of before is wanted: a rewritten history is no reason to go.
        if (reason !== 'forbidden') void logs.follow(new Map([[log, null]]));
      },
    });
    this.logs = logs;
    const unheard = await logs.follow(new Map([[inboxLog(user), null]]));
    if (unheard !== undefined) return this.refuse(unheard);
    const { id, holder } = this;
    const claim = { peer: id, holder, secret: this.arrival.greeting.token };
    const claimed = await opened.session.request('peer.claim', claim);
    if ('error' in claimed) return this.refuse(claimed.error);
    this.held = true;
    if (this.gone) {
      this.release();
      return 'refused';
    }
    this.send(openMessage);
    this.renewLater(this.parts.limits.renewMs);
    return 'opened';
  }

  /** A message from the client. Only after `open`. */
  receive(text: string): void {
    const said = saidIn(text);
    if (said.what === 'malformed') this.session?.violated('malformed');
    else if (said.what === 'too-large') this.session?.violated('frame-too-large');
    else if (said.what === 'farewell') this.closeFor('normal');
    else if (said.what === 'signal') this.mailboxes.post(said.signal);
    // A command like any other, so that what means nothing counts for the rate as well.
    else void this.session?.request('connection.ping', {});
  }

  /** The client broke the rules of WebSocket. */
  violated(reason: CloseReason): void {
    this.session?.violated(reason);
  }

  heard(): void {
    this.session?.heard();
  }

  drained(): void {
    this.session?.drained();
  }

  /** Another connection of the same client has the id now. */
  superseded(): void {
    this.held = false;
    this.closeFor('normal');
  }

  /** The socket is gone. */
  closed(): void {
    if (this.gone) return;
    this.gone = true;
    this.cancelRenewal();
    this.mailboxes.close();
    this.session?.left();
    this.release();
  }

  // What the session calls

  pendingBytes(): number {
    return this.webSocket.bufferedAmount;
  }

  probe(): void {
    if (this.webSocket.readyState === this.webSocket.OPEN) this.webSocket.ping();
  }

  event(event: SharedEvent): void {
    this.logs?.take(event);
  }

  ended(reason: CloseReason): void {
    // Who should come back sees a lost connection and does; others are told why.
    if (closeCodes[reason].reconnect !== 'window') this.send(refusalMessage('ERROR', closeSentences[reason]));
    this.closeFor(reason);
  }

  private hear({ frame }: SharedEvent): void {
    if (frame.event !== 'peer.reached') return;
    const { data } = frame;
    const message = data.peer === this.id && data.holder === this.holder ? signalMessage(data) : undefined;
    if (message !== undefined) this.send(message);
  }

  private async hand(signal: OutgoingSignal): Promise<Handed> {
    const outcome = await this.session?.request('peer.reach', { ...signal, from: this.id });
    if (outcome === undefined) return 'refused';
    if ('result' in outcome) return 'over';
    const { code, retry, retryAfterMs } = outcome.error;
    if (code === 'not-found') return 'absent';
    return retry === 'later' ? { laterMs: retryAfterMs ?? laterMs } : 'refused';
  }

  private renewLater(delayMs: number): void {
    this.cancelRenewal = this.parts.timers.after(delayMs, () => void this.renew());
  }

  private async renew(): Promise<void> {
    const { limits } = this.parts;
    const outcome = await this.askAboutLease('peer.renew');
    if (this.gone) return;
    if (!('error' in outcome)) this.renewLater(limits.renewMs);
    else if (outcome.error.retry === 'later') this.renewLater(outcome.error.retryAfterMs ?? limits.retryMs);
    else this.superseded();
  }

  /** Says that nobody hears under the id now, so that what is sent to it waits; for a while it stays the client's. */
  private release(): void {
    if (!this.held) return;
    this.held = false;
    void this.askAboutLease('peer.release');
  }

  /** Not over the session: that would count as a sign of life, and one that ended could not release anything. */
  private askAboutLease(command: 'peer.renew' | 'peer.release'): ReturnType<DoorParts['ask']> {
    const { token, address } = this.arrival;
    return this.parts.ask({ token, command, params: { peer: this.id, holder: this.holder }, agent: client, address });
  }

  private refuse(error: WireError): 'refused' {
    const taken = error.code === 'peer-id-taken';
    this.send(refusalMessage(taken ? 'ID-TAKEN' : 'ERROR', taken ? 'ID is taken' : error.message));
    this.closeFor(error.retry === 'later' ? 'overloaded' : 'normal');
    return 'refused';
  }

  private send(text: string): void {
    if (this.webSocket.readyState === this.webSocket.OPEN) this.webSocket.send(text);
  }

  private closeFor(reason: CloseReason): void {
    this.webSocket.close(closeCodes[reason].code, reason);
  }
}
