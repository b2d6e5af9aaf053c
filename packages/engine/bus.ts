import type { LogId } from '@confab/protocol';
import type { Ephemeral, LogHead, Revocation, StoredEvent } from './domain.ts';

/** What travels between nodes. */
export type BusMessage =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** Stands for the events up to it, where carrying them would cost more than reading them from the log. */
  | { readonly kind: 'head'; readonly log: LogId; readonly head: LogHead }
  | { readonly kind: 'ephemeral'; readonly ephemeral: Ephemeral }
  | { readonly kind: 'revocation'; readonly revocation: Revocation };

/** What a message is about: nodes get it that follow this topic, or every node where there is none. */
export function topicOf(message: BusMessage): string | undefined {
  switch (message.kind) {
    case 'event':
      return message.event.log;
    case 'head':
      return message.log;
    case 'ephemeral':
      return message.ephemeral.topic;
    case 'revocation':
      return undefined;
  }
}

/**
 * The bus port. A hint, not a promise: it may drop, double or reorder. The hub puts events in order by their seq and
 * reads from the log what is missing ([L9]). A message published here is also delivered here, at once and in order,
 * whether others can be reached or not.
 */
export interface Bus {
  publish(message: BusMessage): void;
  /** `handler` is called for what this node published, and for what others did on topics that it follows. */
  subscribe(handler: (message: BusMessage) => void): () => void;
  /** From now on (at the latest a moment later) messages of other nodes on this topic are wanted here. Not counted. */
  follow(topic: string): void;
  unfollow(topic: string): void;
  /** `false` while what is published cannot reach other nodes, or what they publish cannot get here. */
  readonly connected: boolean;
  close(): Promise<void>;
}
