import type { CommandFrame, ReplyFrame } from '@confab/protocol';
import { bounds } from '../bounds.ts';
import { ConfabError, refusal } from '../confab-error.ts';

/** Called at once when the reply arrives, before any later frame: what a promise cannot do. */
export interface Waiter {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ConfabError) => void;
}

/** The commands of one connection that have no answer yet; more than the server takes at once wait their turn ([C3]). */
export class PendingReplies {
  readonly #send: (frame: CommandFrame) => void;
  readonly #unanswered = new Map<number, Waiter>();
  readonly #waiting: { frame: CommandFrame; waiter: Waiter }[] = [];
  #inFlight = 1;
  #lastId = 0;

  constructor(send: (frame: CommandFrame) => void) {
    this.#send = send;
  }

  get isEmpty(): boolean {
    return this.#unanswered.size === 0 && this.#waiting.length === 0;
  }

  allow(inFlight: number): void {
    this.#inFlight = Math.max(1, inFlight);
    this.#refill();
  }

  ask(command: string, params: unknown, waiter: Waiter): void {
    if (this.#waiting.length >= bounds.waitingCommands) {
      waiter.reject(refusal('too-many-in-flight', { limit: bounds.waitingCommands }));
      return;
    }
    this.#lastId += 1;
    this.#waiting.push({ frame: { id: this.#lastId, command, params }, waiter });
    this.#refill();
  }

  answer(reply: ReplyFrame): void {
    const waiter = this.#unanswered.get(reply.reply);
    if (waiter === undefined) return;
    this.#unanswered.delete(reply.reply);
    if ('error' in reply) waiter.reject(new ConfabError(reply.error));
    else waiter.resolve(reply.result);
    this.#refill();
  }

  /** The connection is gone: what was sent may have happened, what still waited did not. */
  end(): void {
    for (const waiter of this.#unanswered.values()) waiter.reject(new ConfabError('unanswered'));
    this.#unanswered.clear();
    for (const { waiter } of this.#waiting.splice(0)) waiter.reject(new ConfabError('offline'));
  }

  #refill(): void {
    while (this.#unanswered.size < this.#inFlight) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#unanswered.set(next.frame.id, next.waiter);
      this.#send(next.frame);
    }
  }
}
