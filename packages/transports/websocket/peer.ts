import type { Socket } from 'node:net';
import type { DoorSession, Framing, Peer } from '@confab/engine';
import { type CloseReason, closeCodes } from '@confab/protocol';
import { WebSocket } from 'ws';
import { dataFrame, opcodes } from './frame.ts';

const pingFrame = dataFrame(opcodes.ping, new Uint8Array(0));

/** Close codes that `ws` sends by itself when the other side breaks the framing. */
const framingErrorCodes: ReadonlySet<number | undefined> = new Set([1002, 1003, 1007, 1008, 1009]);

/** A `ws` socket that knows its peer, and leaves it to the session to say why a connection with broken framing ends. */
export class PeerSocket extends WebSocket {
  peer: WebSocketPeer | null = null;
  private mayClose = false;

  /** `ws` closes with a bare code before it tells of the error; our closing event has to go out first ([H6]). */
  override close(code?: number, data?: string | Buffer): void {
    const byItself = !this.mayClose && data === undefined && framingErrorCodes.has(code);
    if (!byItself) super.close(code, data);
  }

  closeFor(reason: CloseReason): void {
    this.mayClose = true;
    // A close frame's reason has at most 123 bytes: the word, not the sentence.
    super.close(closeCodes[reason].code, reason);
  }
}

/**
 * One client on a WebSocket. Frames are made by us and go straight to the TCP socket in one write; `ws` reads, checks
 * and closes. Both write whole frames only, so they never cut into each other. There are tens of thousands of these:
 * fields only, no closures.
 */
export class WebSocketPeer implements Peer {
  readonly framing: Framing;
  readonly address: string;
  protected readonly webSocket: PeerSocket;
  protected readonly socket: Socket;
  session: DoorSession | null = null;

  constructor(webSocket: PeerSocket, socket: Socket, framing: Framing, address: string) {
    this.webSocket = webSocket;
    this.socket = socket;
    this.framing = framing;
    this.address = address;
  }

  write(bytes: Uint8Array): void {
    // After our close frame nothing may follow (RFC 6455, section 5.5.1).
    if (this.webSocket.readyState === WebSocket.OPEN) this.socket.write(bytes);
  }

  pendingBytes(): number {
    return this.socket.writableLength;
  }

  probe(): void {
    this.write(pingFrame);
  }

  /** The answer to a ping carries its bytes (RFC 6455, section 5.5.3). */
  answerPing(payload: Uint8Array, backlogBytes: number): void {
    if (this.pendingBytes() <= backlogBytes) this.write(dataFrame(opcodes.pong, payload));
  }

  close(reason: CloseReason): void {
    this.webSocket.closeFor(reason);
  }
}

/** The slower way, through `ws.send`, for a socket that is not the plain one that we know how to write to. */
export class MessagePeer extends WebSocketPeer {
  override write(bytes: Uint8Array): void {
    if (this.webSocket.readyState !== WebSocket.OPEN) return;
    this.webSocket.send(bytes.subarray(0, -1), { binary: false, compress: false });
  }

  override pendingBytes(): number {
    return this.webSocket.bufferedAmount;
  }

  override probe(): void {
    if (this.webSocket.readyState === WebSocket.OPEN) this.webSocket.ping();
  }

  override answerPing(payload: Uint8Array, backlogBytes: number): void {
    if (this.webSocket.readyState !== WebSocket.OPEN || this.pendingBytes() > backlogBytes) return;
    this.webSocket.pong(payload);
  }
}
