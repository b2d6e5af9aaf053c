import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { GatheredWrites } from './gathered-writes.ts';
import type { MqttStream, StreamListener } from './mqtt-stream.ts';

/** WebSocket close codes (RFC 6455, section 7.4.1). */
const closeCodes = { normal: 1000, unsupportedData: 1003 } as const;
/** Unsent bytes above which pings are no longer answered. */
const pongBacklogBytes = 64 * 1024;

/** MQTT in binary WebSocket messages; where a packet ends has nothing to do with where a message does. */
export class WebSocketStream implements MqttStream {
  readonly address: string;
  private readonly webSocket: WebSocket;
  private readonly socket: Duplex;
  private readonly writes: GatheredWrites;

  constructor(webSocket: WebSocket, socket: Duplex, address: string) {
    this.webSocket = webSocket;
    this.socket = socket;
    this.address = address;
    this.writes = new GatheredWrites((bytes) => {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.send(bytes, { binary: true, compress: false });
    });
  }

  listen(listener: StreamListener): void {
    const { webSocket } = this;
    webSocket.on('message', (data, isBinary) => {
      if (isBinary) listener.data(data as Buffer);
      else webSocket.close(closeCodes.unsupportedData);
    });
    webSocket.on('ping', (payload) => {
      listener.heard();
      if (this.pendingBytes() <= pongBacklogBytes) webSocket.pong(payload);
    });
    webSocket.on('pong', () => listener.heard());
    // Its closing follows.
    webSocket.on('error', () => webSocket.terminate());
    webSocket.on('close', () => listener.closed());
    this.socket.on('drain', () => listener.drained());
  }

  pendingBytes(): number {
    return this.writes.size + this.webSocket.bufferedAmount;
  }

  write(bytes: Buffer): void {
    if (this.webSocket.readyState === WebSocket.OPEN) this.writes.add(bytes);
  }

  pause(): void {
    if (this.webSocket.readyState === WebSocket.OPEN) this.webSocket.pause();
  }

  resume(): void {
    if (this.webSocket.readyState === WebSocket.OPEN) this.webSocket.resume();
  }

  probe(): void {
    if (this.webSocket.readyState === WebSocket.OPEN) this.webSocket.ping();
  }

  end(): void {
    this.writes.flush();
    this.webSocket.close(closeCodes.normal);
  }

  destroy(): void {
    this.webSocket.terminate();
  }
}
