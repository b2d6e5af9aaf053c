import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { drawFate, type PaceName } from './fates.ts';
import { pumpWith } from './pump.ts';

/** What the proxy did, so that a run can show that it did harm. */
export interface ChaosCounts {
  connections: number;
  /** Connections ended by it at some byte. */
  cuts: number;
  /** Connections whose bytes up were said to the server a second time, by a connection of their own. */
  twins: number;
  paces: Record<PaceName, number>;
}

/** A TCP proxy that treats each connection badly in its own way, as drawn from a seed. */
export class ChaosProxy {
  readonly counts: ChaosCounts = { connections: 0, cuts: 0, twins: 0, paces: {} as Record<PaceName, number> };
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #random: () => number;
  readonly #sockets = new Set<Socket>();
  #calm = false;

  private constructor(targetPort: number, random: () => number) {
    this.#targetPort = targetPort;
    this.#random = random;
    this.#server = createServer({ noDelay: true }, (client) => this.#take(client));
  }

  /** Stands before `targetPort` of this machine, on a port of its own. */
  static async start(targetPort: number, random: () => number): Promise<ChaosProxy> {
    const proxy = new ChaosProxy(targetPort, random);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return address.port;
  }

  /** From now on connections are only passed on; those that there are, are cut a last time. */
  calm(): void {
    this.#calm = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.calm();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(client: Socket): void {
    const fate = drawFate(this.#random, this.#calm);
    this.counts.connections += 1;
    this.counts.paces[fate.pace] = (this.counts.paces[fate.pace] ?? 0) + 1;
    const server = this.#connect();
    this.#keep(client);
    const ends = [client, server];
    const cut = () => {
      for (const socket of ends) socket.destroy();
    };
    const bytesLeft = { count: fate.cutAfterBytes };
    const cutOnce = () => {
      if (bytesLeft.count <= 0) this.counts.cuts += 1;
      bytesLeft.count = Number.POSITIVE_INFINITY;
      cut();
    };
    const up = fate.twin ? [server, this.#twin(ends)] : [server];
    const way = { pace: fate.pace, random: this.#random, bytesLeft };
    void pumpWith(client, up, way).then(cutOnce);
    void pumpWith(server, [client], way).then(cutOnce);
  }

  /** Says to the server all that the client says, as another client would who has learnt it by heart. */
  #twin(ends: Socket[]): Socket {
    this.counts.twins += 1;
    const twin = this.#connect();
    twin.resume();
    ends.push(twin);
    return twin;
  }

  #connect(): Socket {
    return this.#keep(connect({ host: '127.0.0.1', port: this.#targetPort, noDelay: true }));
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    return socket;
  }
}
