import type { CloseReason } from '@confab/protocol';

export type TransportName = 'WebSockets' | 'ServerSentEvents' | 'LongPolling';

/** One way for the messages of a connection. A connection has one at a time, and may outlive it. */
export interface Transport {
  readonly name: TransportName;
  /** One or more whole hub messages. The bytes may be shared with other connections: they must not be changed. */
  write(bytes: Uint8Array): void;
  /** From now on messages are bytes, not text. */
  becomeBinary(): void;
  /** Bytes handed to `write` that have not left for the network yet. */
  pendingBytes(): number;
  /** Asks for a sign of life; `ping` is the hub protocol's own. */
  probe(ping: Uint8Array): void;
  /** Whether its own way of working keeps it from being taken for dead, so that it is sent no pings. */
  readonly keepsItselfAlive: boolean;
  /** Ends after what was written; `lost` is called when it is gone. */
  end(reason: CloseReason): void;
  /** Ends at once. */
  cut(): void;
  /** Called now and then, with monotonic milliseconds. */
  look(nowMs: number): void;
}

/** The connection, as its transport sees it. */
export interface TransportOwner {
  /** One transport message, which holds whole hub messages. */
  received(bytes: Uint8Array): void;
  /** Something was heard from the client that is not a message. */
  heard(): void;
  /** The pending bytes fell. */
  drained(): void;
  /** The client broke the transport's rules. */
  violated(reason: CloseReason): void;
  /** The transport is gone. Called once. */
  lost(transport: Transport): void;
}
