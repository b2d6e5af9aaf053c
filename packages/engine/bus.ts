import type { Ephemeral, Revocation, StoredEvent } from './domain.ts';

/** What travels between nodes. */
export type BusMessage =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'ephemeral'; readonly ephemeral: Ephemeral }
  | { readonly kind: 'revocation'; readonly revocation: Revocation };

/**
 * The bus port. A hint, not a promise: it may drop, double or reorder. The hub puts events in order by their seq and
 * reads from the log what is missing ([L9]). A message published here is also delivered here.
 */
export interface Bus {
  publish(message: BusMessage): void;
  /** `handler` is called for every message on a topic that this node listens to, and for every revocation. */
  subscribe(handler: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}
