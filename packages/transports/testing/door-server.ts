import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Door } from '../door.ts';

interface DoorServerOptions {
  /** A free one by default. */
  readonly port?: number;
  /** Of HTTP; without TLS. */
  readonly version?: 1 | 2;
  /** What an upgraded connection goes through on its way to the door. */
  readonly through?: (socket: Duplex) => Duplex;
}

/** A door behind an HTTP server on this machine. */
export class DoorServer {
  readonly port: number;
  private readonly server: ReturnType<typeof createServer> | ReturnType<typeof createHttp2Server>;
  private readonly door: Door;
  private readonly sockets: ReadonlySet<Socket>;

  private constructor(server: DoorServer['server'], door: Door, sockets: ReadonlySet<Socket>) {
    this.server = server;
    this.door = door;
    this.sockets = sockets;
    this.port = (server.address() as AddressInfo).port;
  }

  static async open(door: Door, options: DoorServerOptions = {}): Promise<DoorServer> {
    const { port = 0, version = 1, through = (socket) => socket } = options;
    const server = version === 1 ? createServer() : createHttp2Server();
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      door.handleRequest?.(request, response);
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      door.handleUpgrade?.(request, through(socket), head);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new DoorServer(server, door, sockets);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** How many connections it has noticed. */
  get connections(): number {
    return this.sockets.size;
  }

  /** Cuts everyone off, as a pulled plug would. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    await this.door.close();
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
