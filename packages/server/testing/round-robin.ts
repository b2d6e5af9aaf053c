import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy that knows nothing: each request and each upgrade goes to the next node in turn. */
export class RoundRobin {
  /** How many went to each node. */
  readonly counts: number[];
  readonly #server: Server;
  readonly #targets: readonly string[];
  readonly #sockets = new Set<Socket>();
  #next = 0;

  private constructor(targets: readonly string[]) {
    this.#targets = targets;
    this.counts = targets.map(() => 0);
    this.#server = createServer((request, response) => {
      const { method, url, rawHeaders } = request;
      const outgoing = httpRequest(this.#turn(), { method, path: url, headers: rawHeaders, agent: false });
      outgoing.on('error', () => response.destroy());
      outgoing.on('response', (incoming) => {
        response.writeHead(incoming.statusCode ?? 502, incoming.rawHeaders);
        response.flushHeaders();
        incoming.on('error', () => response.destroy());
        incoming.pipe(response);
      });
      response.on('close', () => outgoing.destroy());
      request.pipe(outgoing);
    });
    this.#server.on('upgrade', ({ method, url, rawHeaders }, socket: Socket, head: Buffer) => {
      const other = connect(Number(this.#turn().port), '127.0.0.1');
      const lines = rawHeaders.flatMap((name: string, index: number) =>
        index % 2 ? [] : [`${name}: ${rawHeaders[index + 1]}`],
      );
      other.write(`${[`${method} ${url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
      other.write(head);
      for (const [from, to] of [[socket, other] as const, [other, socket] as const]) {
        this.#sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
        from.pipe(to);
      }
    });
  }

  static async open(...targets: string[]): Promise<RoundRobin> {
    const proxy = new RoundRobin(targets);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #turn(): URL {
    const index = this.#next % this.#targets.length;
    this.#next += 1;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    return new URL(this.#targets[index] ?? '');
  }
}
