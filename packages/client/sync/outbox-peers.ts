import type { UserId } from '@confab/protocol';
import type { SendState } from '../api.ts';
import type { Tabs } from '../ports.ts';
import type { QueuedSend } from './outbox-store.ts';

type PeerMessage =
  | { kind: 'queued'; send: QueuedSend }
  | { kind: 'became'; clientId: string; state: SendState; seq: number | null }
  | { kind: 'released'; clientId: string }
  | { kind: 'discarded'; clientId: string };

interface PeerHandlers {
  /** From now on this tab sends, for all. */
  leads(): void;
  queued(send: QueuedSend): void;
  became(clientId: string, state: SendState, seq: number | null): void;
  released(clientId: string): void;
  discarded(clientId: string): void;
}

/**
 * The outbox of one person in several tabs: one of them holds the lock and sends what all of them queue. When it is
 * closed or crashes, the lock passes on.
 */
export class OutboxPeers {
  readonly #tabs: Tabs;
  readonly #name: string;
  readonly #handlers: PeerHandlers;
  #channel: { post(message: unknown): void; close(): void } | null = null;
  #release = () => {};
  #leading = false;

  constructor(tabs: Tabs, name: string, handlers: PeerHandlers) {
    this.#tabs = tabs;
    this.#name = name;
    this.#handlers = handlers;
  }

  get leading(): boolean {
    return this.#leading;
  }

  open(user: UserId): void {
    this.close();
    const name = `confab-outbox ${this.#name} ${user}`;
    this.#channel = this.#tabs.channel(name, (message) => this.#heard(message as PeerMessage));
    this.#release = this.#tabs.lock(name, () => {
      this.#leading = true;
      this.#handlers.leads();
    });
  }

  close(): void {
    this.#leading = false;
    this.#release();
    this.#release = () => {};
    this.#channel?.close();
    this.#channel = null;
  }

  queued(send: QueuedSend): void {
    this.#channel?.post({ kind: 'queued', send } satisfies PeerMessage);
  }

  became(clientId: string, state: SendState, seq: number | null): void {
    this.#channel?.post({ kind: 'became', clientId, state, seq } satisfies PeerMessage);
  }

  /** It cannot be taken back any more. */
  released(clientId: string): void {
    this.#channel?.post({ kind: 'released', clientId } satisfies PeerMessage);
  }

  discarded(clientId: string): void {
    this.#channel?.post({ kind: 'discarded', clientId } satisfies PeerMessage);
  }

  #heard(message: PeerMessage): void {
    if (message.kind === 'queued') this.#handlers.queued(message.send);
    else if (message.kind === 'became') this.#handlers.became(message.clientId, message.state, message.seq);
    else if (message.kind === 'released') this.#handlers.released(message.clientId);
    else this.#handlers.discarded(message.clientId);
  }
}
