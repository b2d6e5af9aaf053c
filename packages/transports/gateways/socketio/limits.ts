import { engineLimits } from '@confab/engine';

/** Bounds of the gateway; whoever opens it may set others. */
export interface SocketIoLimits {
  /** Bytes of one message of a WebSocket and of one request's body of a poll ([F6]). */
  readonly frameBytes: number;
  /** Fragments that one WebSocket message may come in. */
  readonly fragments: number;
  /** Pieces of an unfinished WebSocket message kept, whatever their size. */
  readonly bufferedChunks: number;
  /** Binary pieces of one packet, and their bytes together: they are held until the last has come. */
  readonly attachments: number;
  readonly attachmentBytes: number;
  /** Levels of objects and arrays in what an event carries. */
  readonly depth: number;
  /** Packets of one connection that are taken in, of whatever kind. */
  readonly packetsPerSecond: number;
  readonly packetsBurst: number;
  /** Namespaces that one connection may be in or be entering. */
  readonly namespaces: number;
  /** Characters of a namespace's name. */
  readonly namespaceChars: number;
  /** Rooms that a handshake may name. */
  readonly rooms: number;
  /** Characters of a room's id or name. */
  readonly roomChars: number;
  /** Logs that an offset names; a client that heard of more of them since it connected is not recovered. */
  readonly offsetLogs: number;
  /** Connections that nobody has signed in on yet: of all addresses, and of one. */
  readonly strangers: number;
  readonly strangersPerAddress: number;
  /** Milliseconds from the first request to being let into a namespace ([H2]). */
  readonly signInMs: number;
  /** Milliseconds between the server's pings, and that it waits for the answer ([H5]). */
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** Milliseconds that moving from polling to a WebSocket may take. */
  readonly upgradeMs: number;
  /** Milliseconds that a client has to take the last packets before it is cut. */
  readonly closingMs: number;
}

export const defaultSocketIoLimits: SocketIoLimits = {
  frameBytes: engineLimits.frameBytes,
  fragments: 1_000,
  bufferedChunks: 4_096,
  attachments: 4,
  attachmentBytes: 256 * 1024,
  depth: 32,
  packetsPerSecond: engineLimits.framesPerSecond,
  packetsBurst: engineLimits.framesBurst,
  namespaces: 16,
  namespaceChars: 200,
  rooms: 500,
  roomChars: 200,
  offsetLogs: 256,
  strangers: 20_000,
  strangersPerAddress: 2_000,
  signInMs: engineLimits.helloMs,
  pingIntervalMs: engineLimits.heartbeatIntervalMs,
  pingTimeoutMs: engineLimits.heartbeatTimeoutMs - engineLimits.heartbeatIntervalMs,
  upgradeMs: 10_000,
  closingMs: 5_000,
};
