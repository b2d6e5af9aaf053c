import { type BusMessage, type Report, type Timers, topicOf } from '@confab/engine';
import { InProcessBus } from './in-process/index.ts';
import type { BusLimits } from './limits.ts';
import { isFrom, readPayload } from './payload/payload.ts';

interface DeliveryParts {
  readonly node: string;
  readonly timers: Timers;
  readonly report: Report;
  readonly limits: BusLimits;
}

/** How messages get to the handlers of this node: its own at once, those of others when they are wanted. */
export class Delivery {
  readonly followed = new Set<string>();
  readonly local = new InProcessBus();
  readonly #parts: DeliveryParts;
  #hasComplained = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** A payload from outside. Never throws. */
  receive(payload: string): void {
    const { node, limits } = this.#parts;
    if (isFrom(node, payload)) return;
    const read = readPayload(payload, limits.incomingChars);
    if (read === undefined) {
      this.#complain('a payload that no node has written was left out', {});
      return;
    }
    if (read.unknown > 0) {
      const { from, unknown } = read;
      this.#complain('messages that this version does not know were left out', { from, unknown });
    }
    if (read.from === node) return;
    for (const message of read.messages) {
      const topic = topicOf(message);
      if (topic === undefined || this.followed.has(topic)) this.#handle(message);
    }
  }

  /** A handler that fails must not take the connection to the other nodes with it. */
  #handle(message: BusMessage): void {
    try {
      this.local.publish(message);
    } catch (error) {
      const stack = error instanceof Error ? error.stack : String(error);
      this.#parts.report('error', 'a message of another node could not be handled', { kind: message.kind, stack });
    }
  }

  /** Not for each of them: whoever writes to the channel could fill the log. */
  #complain(what: string, details: Record<string, unknown>): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    const { timers, report, limits } = this.#parts;
    report('warn', what, details);
    timers.after(limits.complainMs, () => {
      this.#hasComplained = false;
    });
  }
}
