import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The plainest balancer: passes each TCP connection on to one of several ports in turn, to the next one where nobody
 * answers. It can be shut, as a network that is cut in two: connections stay, and nothing gets through.
 */
export class Turnstile {
  readonly #server: Server;
  readonly #ports: readonly number[];
  readonly #sockets = new Set<Socket>();
  #next = 0;
  #isShut = false;

  private constructor(ports: readonly number[]) {
    this.#ports = ports;
    this.#server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => this.#take(client));
  }

  static async before(ports: readonly number[]): Promise<Turnstile> {
    const turnstile = new Turnstile(ports);
    turnstile.#server.listen(0, '127.0.0.1', 4_096);
    await once(turnstile.#server, 'listening');
    return turnstile;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The turnstile does not listen.');
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Nothing gets through in either direction, and nobody is told. */
  shut(): void {
    this.#isShut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  open(): void {
    this.#isShut = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(client: Socket): void {
    this.#keep(client);
    const first = this.#next++;
    this.#pass(
      client,
      this.#ports.map((_, index) => this.#ports[(first + index) % this.#ports.length] ?? 0),
    );
  }

  #pass(client: Socket, [port, ...others]: readonly number[]): void {
    if (port === undefined || client.destroyed) {
      client.destroy();
      return;
    }
    const server = connect({ host: '127.0.0.1', port, noDelay: true });
    let isThrough = false;
    server.on('error', () => {});
    server.once('connect', () => {
      isThrough = true;
      this.#keep(server);
      join(client, server);
      join(server, client);
      if (!this.#isShut) for (const socket of [client, server]) socket.resume();
    });
    server.once('close', () => (isThrough ? client.destroy() : this.#pass(client, others)));
    client.once('close', () => server.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}

/** What one says, the other hears; back-pressure would undo `shut`, and what waits here is little. */
function join(from: Socket, to: Socket): void {
  from.on('data', (chunk: Buffer) => to.write(chunk));
  from.on('end', () => to.end());
  from.pause();
}
