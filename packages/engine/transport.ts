import type { CloseReason, WireError } from '@confab/protocol';

/**
 * The port between doors and the engine. A door turns its peers' bytes into frames of the protocol's text and hands
 * them to a session; the session hands back whole, already framed writes.
 */

/** How a door wraps one frame's text into bytes. One object per kind, shared by all its peers: it is a cache key. */
export interface Framing {
  readonly name: string;
  /** The bytes of one frame on this kind of door. Called once per event and kind. */
  frame(text: string): Uint8Array;
}

/** One connected client, as its door sees it. */
export interface Peer {
  readonly framing: Framing;
  /** The client's address, for limits and the log. */
  readonly address: string;
  /** One write of whole frames. The buffer may be shared with other peers: it must not be changed. */
  write(bytes: Uint8Array): void;
  /** Bytes handed to `write` that have not left for the network yet. */
  pendingBytes(): number;
  /** Asks the other side for a sign of life below the protocol (a WebSocket ping); its answer calls `session.alive()`. */
  probe(): void;
  /** Ends the connection, after what was written. The door calls `session.closed()` in any case, once. */
  close(reason: CloseReason): void;
}

/** What a door calls. */
export interface DoorSession {
  /** One transport message: one or more frames' text ([F3]). Never throws. */
  receive(text: string): void;
  /** Something was heard from the peer below the protocol. */
  alive(): void;
  /** The peer's pending bytes fell; a lagging session goes on. */
  drained(): void;
  /** The peer broke the door's own rules (a frame too large, invalid UTF-8): close with this reason. */
  violated(reason: CloseReason): void;
  /** The connection is gone. */
  closed(): void;
}

/** Credentials that came with the connection itself: a cookie or a bearer token. */
export interface Credentials {
  readonly token: string | null;
}

/** What a door is given to take connections in. */
export interface Reception {
  /** `too-many-connections`, `overloaded` or `draining` when no one may come in now, before any upgrade work. */
  refuses(address: string): CloseReason | undefined;
  accept(peer: Peer, credentials: Credentials): DoorSession;
}

/** A command without a connection, as a door that answers requests has it. */
export interface Question {
  /** The asker's session token, `null` when nobody is signed in. */
  readonly token: string | null;
  readonly command: string;
  readonly params: unknown;
  /** What the client calls itself and its address: for the list of sessions and for limits. */
  readonly agent: string;
  readonly address: string;
}

/** `json`: the result as it is to be sent, not to be encoded again. */
export type Reply = { readonly result: unknown } | { readonly json: string } | { readonly error: WireError };

/** Authenticates, authorises, validates, limits and runs one command. Never rejects. */
export type Ask = (question: Question) => Promise<Reply>;
