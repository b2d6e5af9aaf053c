import type { Result, WireError } from '@confab/protocol';
import { times } from '../bounds.ts';
import { ConfabError } from '../confab-error.ts';
import { Backoff } from '../connection/backoff.ts';
import type { ClientPorts } from '../ports.ts';
import type { QueuedSend } from './outbox-store.ts';

interface RoomSenderHandlers {
  ready(): boolean;
  /** Whether the send was neither discarded nor delivered in the meantime. */
  wanted(send: QueuedSend): boolean;
  post(send: QueuedSend): Promise<Result<'message.post'>>;
  sent(send: QueuedSend): void;
  /** Was sent, but has to be sent again. */
  queued(send: QueuedSend): void;
  delivered(send: QueuedSend, seq: number): void;
  refused(send: QueuedSend, error: WireError): void;
}

/** Sends what one room has waiting, one after another: the next goes when the one before was answered. */
export class RoomSender {
  readonly #ports: ClientPorts;
  readonly #handlers: RoomSenderHandlers;
  readonly #backoff: Backoff;
  #waiting: QueuedSend[] = [];
  #busy = false;
  #pausing = false;
  #stopped = false;
  #cancelPause = () => {};

  constructor(ports: ClientPorts, handlers: RoomSenderHandlers) {
    this.#ports = ports;
    this.#handlers = handlers;
    this.#backoff = new Backoff(ports.random.fraction);
  }

  add(send: QueuedSend): void {
    if (this.#waiting.some(({ clientId }) => clientId === send.clientId)) return;
    this.#waiting.push(send);
    this.#next();
  }

  /** The connection is back; a pause that the old one earned is over. */
  wake(): void {
    this.#cancelPause();
    this.#pausing = false;
    this.#next();
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
    this.#cancelPause();
  }

  #next(): void {
    if (this.#busy || this.#pausing || !this.#handlers.ready()) return;
    let send = this.#waiting[0];
    while (send !== undefined && !this.#handlers.wanted(send)) {
      this.#waiting.shift();
      send = this.#waiting[0];
    }
    if (send === undefined) return;
    this.#busy = true;
    void this.#send(send);
  }

  async #send(send: QueuedSend): Promise<void> {
    this.#handlers.sent(send);
    let outcome: Result<'message.post'> | ConfabError;
    try {
      outcome = await this.#handlers.post(send);
    } catch (error) {
      outcome = error instanceof ConfabError ? error : new ConfabError('unanswered');
    }
    this.#busy = false;
    if (this.#stopped) return;
    if (!(outcome instanceof ConfabError)) this.#done(send, () => this.#handlers.delivered(send, outcome.seq));
    else if (isFinal(outcome)) this.#done(send, () => this.#handlers.refused(send, outcome.wire as WireError));
    else {
      this.#handlers.queued(send);
      // Without a connection there is nothing to pace: the next welcome wakes this.
      if (outcome.kind === 'refused') this.#pause(outcome.wire?.retryAfterMs);
    }
    this.#next();
  }

  #done(send: QueuedSend, tell: () => void): void {
    this.#backoff.succeeded({ minMs: times.retryMs, maxMs: times.retryMs * 2 });
    this.#waiting = this.#waiting.filter((other) => other !== send);
    tell();
  }

  #pause(retryAfterMs: number | undefined): void {
    const named = retryAfterMs === undefined ? null : { minMs: retryAfterMs, maxMs: retryAfterMs * 1.2 };
    this.#pausing = true;
    this.#cancelPause = this.#ports.after(this.#backoff.next(named).delayMs, () => this.wake());
  }
}

/** A session that ended is no fault of the send: it waits until its person is back. */
function isFinal(error: ConfabError): boolean {
  if (error.wire === null || error.wire.retry === 'later') return false;
  return !['unauthenticated', 'session-expired', 'session-revoked'].includes(error.wire.code);
}
