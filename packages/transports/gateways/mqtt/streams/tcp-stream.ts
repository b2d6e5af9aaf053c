import type { Socket } from 'node:net';
import { GatheredWrites } from './gathered-writes.ts';
import type { MqttStream, StreamListener } from './mqtt-stream.ts';

/** Silence after which the system itself asks whether the other machine is there. */
const tcpKeepAliveMs = 60_000;

/** MQTT directly over TCP. */
export class TcpStream implements MqttStream {
  readonly address: string;
  private readonly socket: Socket;
  private readonly writes: GatheredWrites;

  constructor(socket: Socket) {
    this.socket = socket;
    this.address = socket.remoteAddress ?? '';
    this.writes = new GatheredWrites((bytes) => void socket.write(bytes));
    socket.setNoDelay(true);
    socket.setKeepAlive(true, tcpKeepAliveMs);
  }

  listen(listener: StreamListener): void {
    this.socket.on('data', (data) => listener.data(data as Buffer));
    this.socket.on('drain', () => listener.drained());
    // Its closing follows.
    this.socket.on('error', () => {});
    this.socket.on('close', () => listener.closed());
  }

  pendingBytes(): number {
    return this.writes.size + this.socket.writableLength;
  }

  write(bytes: Buffer): void {
    if (this.socket.writable) this.writes.add(bytes);
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  end(): void {
    this.writes.flush();
    this.socket.destroySoon();
  }

  destroy(): void {
    this.socket.destroy();
  }
}
