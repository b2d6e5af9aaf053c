import type { LogId, PresenceState, UserId } from '@confab/protocol';
import type { Ephemeral, LogHead, Revocation, StoredEvent } from './domain.ts';

/** How one person stands as far as one node's connections tell. */
export interface PersonOnNode {
  readonly user: UserId;
  /** `offline`: none of their connections is here any more. */
  readonly state: PresenceState;
  /** When the last of them ended (Unix ms); `null` while there is one. */
  readonly lastSeenAt: number | null;
}

/**
 * Who is on a node. Without `whole` it is the `told`th change since the node's start; with it, one part of everyone
 * who was there after so many changes.
 */
export interface PeopleOnNode {
  readonly node: string;
  readonly told: number;
  readonly people: readonly PersonOnNode[];
  readonly whole?: { readonly part: number; readonly of: number };
}

/** A node's sign of life, with the number of changes that it has told so far. */
export interface NodeSign {
  readonly node: string;
  /** `up`: it asks everyone who is with them. `leaving`: its people are with it no more. */
  readonly state: 'up' | 'beat' | 'leaving';
  readonly told: number;
  /** A node that is asked who is with it. */
  readonly asks?: string;
}

/** What travels between nodes. */
export type BusMessage =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** Stands for the events up to it, where carrying them would cost more than reading them from the log. */
  | { readonly kind: 'head'; readonly log: LogId; readonly head: LogHead }
  | { readonly kind: 'ephemeral'; readonly ephemeral: Ephemeral }
  | { readonly kind: 'revocation'; readonly revocation: Revocation }
  | ({ readonly kind: 'presence' } & PeopleOnNode)
  | ({ readonly kind: 'node' } & NodeSign);

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
    case 'presence':
    case 'node':
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
