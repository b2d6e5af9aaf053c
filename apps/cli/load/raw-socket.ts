import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { clientFrame, FrameReader, type FrameSink, opcodes, textFrame } from './websocket-frames.ts';

export interface Target {
  host: string;
  port: number;
  path: string;
  /** Over TLS, with whatever this process trusts. */
  secure?: boolean;
  headers?: Readonly<Record<string, string>>;
}

export interface SocketSink {
  /** One whole text message. The payload is a view: copy what is kept. */
  text(payload: Buffer): void;
  /** The connection is gone; 1006 when no close frame said why. Called once, and only after the upgrade. */
  ended(code: number, reason: string): void;
}

/** Where a Confab server takes WebSockets. `url` is its origin, e.g. `http://127.0.0.1:3000`. */
export function doorOf(url: string): Target {
  const { protocol, hostname, port } = new URL(url);
  return { host: hostname, port: Number(port), path: '/api/v1/connect', secure: protocol === 'https:' };
}

/** The refusal of an upgrade. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused';
  readonly status: number;

  constructor(status: number) {
    super(`The upgrade was answered with ${status}.`);
    this.status = status;
  }
}

/** One WebSocket over a plain TCP connection; answers pings by itself. */
export class RawSocket implements FrameSink {
  readonly #socket: Socket;
  readonly #sink: SocketSink;
  readonly #reader = new FrameReader();
  #code = 1006;
  #reason = '';
  bytesReceived = 0;

  constructor(socket: Socket, sink: SocketSink) {
    this.#socket = socket;
    this.#sink = sink;
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', () => {});
    socket.on('close', () => sink.ended(this.#code, this.#reason));
  }

  receive(chunk: Buffer): void {
    this.bytesReceived += chunk.length;
    this.#reader.push(chunk, this);
  }

  send(text: string): void {
    this.#socket.write(textFrame(text));
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Stops reading, as a stalled peer does: the kernel's buffers fill, then the server's. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(code: number): void {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#socket.write(clientFrame(opcodes.close, payload));
  }

  /** Cuts the connection without a word. */
  destroy(): void {
    this.#socket.destroy();
  }

  text(payload: Buffer): void {
    this.#sink.text(payload);
  }

  ping(payload: Buffer): void {
    this.#socket.write(clientFrame(opcodes.pong, payload));
  }

  pong(): void {}

  closed(code: number, reason: string): void {
    this.#code = code;
    this.#reason = reason;
    this.#socket.end();
  }
}

/** Connects and upgrades. Rejects with `UpgradeRefused`, or with the error of the TCP connection. */
export function openSocket(target: Target, sink: SocketSink): Promise<RawSocket> {
  return new Promise((resolve, reject) => {
    const { host, port, secure = false } = target;
    const socket = secure ? connectSecurely({ host, port }) : connect({ host, port, noDelay: true });
    let head: Buffer = Buffer.alloc(0);
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const closed = () => fail(new Error('The connection was closed before it was upgraded.'));
    const read = (chunk: Buffer) => {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', read).off('error', fail).off('close', closed);
      const status = Number(head.toString('latin1', 9, 12));
      if (status !== 101) return fail(new UpgradeRefused(status));
      const open = new RawSocket(socket, sink);
      resolve(open);
      // What came along with the answer is heard after the caller has the socket, and before anything that comes next.
      if (head.length > end + 4) setImmediate(() => open.receive(head.subarray(end + 4)));
    };
    socket.on('data', read).on('error', fail).on('close', closed);
    socket.write(upgradeRequest(target));
  });
}

/** The key is the RFC's own example: nothing on this side checks the answer to it. */
function upgradeRequest({ host, port, path, headers = {} }: Target): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
