import type { DoorName } from './connection/door-ladder.ts';
import type { Shelf } from './offline/shelf.ts';

/** What the client needs from where it runs. Tests bring their own and move time by hand. */
export interface ClientPorts {
  readonly clock: {
    /** Unix milliseconds. May jump. */
    now(): number;
    /** Milliseconds that never step back. */
    monotonic(): number;
  };
  /** Calls `task` once after `delayMs`; the answer cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
  readonly random: {
    bytes(count: number): Uint8Array;
    /** In [0, 1). */
    fraction(): number;
  };
  readonly openSocket: OpenSocket;
  readonly fetch: typeof globalThis.fetch;
  readonly environment: Environment;
  readonly tabs: Tabs;
  /** What this device shows without a connection to that server; absent where nothing is kept. */
  readonly shelf?: (server: string) => Shelf;
}

/**
 * Opens a connection through a door, at the server's WebSocket address whichever door it is. `closed` is called
 * exactly once, also when it never opened (with 1006).
 */
export type OpenSocket = (url: string, handlers: SocketHandlers, door: DoorName) => ClientSocket;

export interface SocketHandlers {
  opened(): void;
  received(text: string): void;
  closed(code: number): void;
}

export interface ClientSocket {
  send(text: string): void;
  close(): void;
}

export interface Environment {
  /** Whether a session lives in a cookie that this code cannot see. */
  readonly cookies: boolean;
  /** The page's origin, where there is one. */
  readonly origin: string;
  /** `listener` is called when the device came online or the page woke or was shown ([H6]). */
  onWake(listener: () => void): () => void;
  /** `listener` is called when the page is left or closed: nothing that takes a moment is certain to end. */
  onLeave(listener: () => void): () => void;
}

/** Several tabs of one browser. Elsewhere there is one, which always has the lock. */
export interface Tabs {
  /** Calls `held` when this tab may do what only one may do, until the answer is called. */
  lock(name: string, held: () => void): () => void;
  /** A channel to the other tabs; what one posts, all others hear. */
  channel(name: string, heard: (message: unknown) => void): { post(message: unknown): void; close(): void };
}
