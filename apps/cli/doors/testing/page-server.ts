import { createServer, type Server } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';

/** Files of a site of its own, on another origin than the server's. */
export class PageServer {
  readonly origin: string;
  readonly files = new Map<string, { readonly type: string; readonly body: string }>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      const file = this.files.get((request.url ?? '').split('?')[0] ?? '');
      response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' });
      response.end(file?.body);
    });
  }

  static async open(): Promise<PageServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PageServer(server);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A network path to a server that can be cut and mended. */
export class Cable {
  readonly port: number;
  readonly #server: TcpServer;
  readonly #sockets = new Set<Socket>();
  #cut = false;

  private constructor(server: TcpServer, target: number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (near) => {
      const far = connect(target, '127.0.0.1');
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => {});
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
      if (this.#cut) near.destroy();
    });
  }

  static async to(url: string): Promise<Cable> {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Cable(server, Number(new URL(url).port));
  }

  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
