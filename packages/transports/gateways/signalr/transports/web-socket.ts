import type { Duplex } from 'node:stream';
import { type CloseReason, closeCodes } from '@confab/protocol';
import { WebSocket } from 'ws';
import type { SignalRLimits } from '../limits.ts';
import type { Transport, TransportOwner } from './transport.ts';

/** Both directions over one WebSocket: text messages for JSON, binary ones for MessagePack. */
export class WebSocketTransport implements Transport {
  readonly name = 'WebSockets';
  readonly keepsItselfAlive = false;
  private readonly webSocket: WebSocket;
  private binary = false;

  constructor(webSocket: WebSocket, socket: Duplex, owner: TransportOwner, limits: SignalRLimits) {
    this.webSocket = webSocket;
    const onDrain = (): void => owner.drained();
    socket.on('drain', onDrain);
    webSocket.on('message', (data: Buffer) => owner.received(data));
    webSocket.on('pong', () => owner.heard());
    webSocket.on('ping', (payload) => {
      owner.heard();
      if (this.isOpen() && this.pendingBytes() <= limits.pongBacklogBytes) webSocket.pong(payload);
    });
    webSocket.on('error', (error: Error & { code?: string }) => {
      owner.violated(error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'frame-too-large' : 'malformed');
    });
    webSocket.on('close', () => {
      socket.off('drain', onDrain);
      owner.lost(this);
    });
  }

  write(bytes: Uint8Array): void {
    if (this.isOpen()) this.webSocket.send(bytes, { binary: this.binary });
  }

  becomeBinary(): void {
    this.binary = true;
  }

  pendingBytes(): number {
    return this.webSocket.bufferedAmount;
  }

  /** Below the hub protocol, whose pings nobody has to answer. */
  probe(): void {
    if (this.isOpen()) this.webSocket.ping();
  }

  end(reason: CloseReason): void {
    this.webSocket.close(closeCodes[reason].code, reason);
  }

  cut(): void {
    this.webSocket.terminate();
  }

  look(): void {}

  private isOpen(): boolean {
    return this.webSocket.readyState === WebSocket.OPEN;
  }
}
