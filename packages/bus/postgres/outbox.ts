import type { BusMessage, Ephemeral, LogHead } from '@confab/engine';
import type { LogId } from '@confab/protocol';
import type { BusLimits } from '../limits.ts';
import { encodeMessage, headOf } from '../payload/encode-message.ts';
import { PayloadWriter } from '../payload/payload.ts';

/**
 * What waits for the next notification. Of a log only its newest head, of an ephemeral's key only its last value; what
 * does not fit is left out, the least important first.
 */
export class Outbox {
  readonly #node: string;
  readonly #limits: BusLimits;
  /** Revocations, and what nodes say of themselves and their people: in their order. */
  #signs: BusMessage[] = [];
  #heads = new Map<LogId, LogHead>();
  #ephemerals = new Map<string, Ephemeral>();

  constructor(node: string, limits: BusLimits) {
    this.#node = node;
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#signs.length === 0 && this.#heads.size === 0 && this.#ephemerals.size === 0;
  }

  add(message: BusMessage): void {
    switch (message.kind) {
      case 'event':
        this.add(headOf(message));
        return;
      case 'head':
        this.#addHead(message.log, message.head);
        return;
      case 'ephemeral':
        this.#addEphemeral(message.ephemeral);
        return;
      case 'revocation':
      case 'presence':
      case 'node':
        if (this.#signs.length < this.#limits.waitingSigns) this.#signs.push(message);
    }
  }

  clear(): void {
    this.#signs = [];
    this.#heads = new Map();
    this.#ephemerals = new Map();
  }

  /** Everything that waits, as payloads that a notification takes; `dropped`: how many messages did not fit. */
  take(): { readonly payloads: readonly string[]; readonly dropped: number } {
    const { notificationBytes, notificationsAtOnce } = this.#limits;
    const messages = this.#inOrder();
    this.clear();
    const writer = new PayloadWriter(this.#node, notificationBytes);
    const payloads: string[] = [];
    let dropped = 0;
    for (const message of messages) {
      const encoded = encodeMessage(message, writer.roomBytes);
      if (encoded === undefined || payloads.length >= notificationsAtOnce) {
        dropped += 1;
        continue;
      }
      const full = writer.add(encoded.text, encoded.bytes);
      if (full !== undefined) payloads.push(full);
    }
    const remaining = writer.messages;
    const last = writer.finish();
    if (last !== undefined && payloads.length < notificationsAtOnce) payloads.push(last);
    else dropped += remaining;
    return { payloads, dropped };
  }

  /** The most important first: nobody finds an ephemeral later, a head is found by the sweep. */
  #inOrder(): BusMessage[] {
    return [
      ...this.#signs,
      ...[...this.#heads].map(([log, head]): BusMessage => ({ kind: 'head', log, head })),
      ...[...this.#ephemerals.values()].map((ephemeral): BusMessage => ({ kind: 'ephemeral', ephemeral })),
    ];
  }

  #addHead(log: LogId, head: LogHead): void {
    const known = this.#heads.get(log);
    if (known === undefined && this.#heads.size >= this.#limits.waitingHeads) return;
    const isNewer =
      known === undefined || head.epoch > known.epoch || (head.epoch === known.epoch && head.seq > known.seq);
    if (isNewer) this.#heads.set(log, head);
  }

  #addEphemeral(ephemeral: Ephemeral): void {
    const key = JSON.stringify([ephemeral.topic, ephemeral.key]);
    const isNew = !this.#ephemerals.delete(key);
    if (isNew && this.#ephemerals.size >= this.#limits.waitingEphemerals) return;
    this.#ephemerals.set(key, ephemeral);
  }
}
