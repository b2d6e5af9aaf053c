import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { systemPorts } from '@confab/engine';
import type { Door } from '@confab/transports/door';
import { nodeNamedIn } from '@confab/transports/node-ids';
import { Forwarding } from '../forwarding.ts';
import { InternalListener } from '../internal-listener.ts';
import { type ClusterLimits, clusterLimits } from '../limits.ts';
import type { OtherNode } from '../node-registry.ts';
import { OutgoingRequests } from '../outgoing-requests.ts';
import { SignedRequests } from '../signed-requests.ts';

export const frontName = 'frontend';
export const backName = 'backnode';
export const secret = 'kept by the instance';
export const beat = 1_000;

type OnRequest = (request: IncomingMessage, response: ServerResponse) => void;
type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Two nodes with one door each, without a database: what names `backName` is passed on from the front to the back. */
export class FrontAndBack {
  /** What the door of each does; the front's says that it was asked itself. */
  onRequest: OnRequest = (_request, response) => void response.end('back');
  onUpgrade: OnUpgrade = (_request, socket) => void socket.destroy();
  readonly reports: string[] = [];
  readonly clients = new WeakMap<IncomingMessage, string>();
  /** As the front knows the back; `undefined`: not at all. */
  back: OtherNode | undefined;
  /** Whether what is signed with the beat is young enough. */
  isGood = true;
  readonly unreachable: string[] = [];
  forwarding!: Forwarding;
  readonly #gone: ((name: string) => void)[] = [];
  readonly #server: Server;
  #listener!: InternalListener;

  private constructor() {
    this.#server = createServer();
  }

  static async open(limits: Partial<ClusterLimits> = {}): Promise<FrontAndBack> {
    const bed = new FrontAndBack();
    await bed.#open({ ...clusterLimits, ...limits });
    return bed;
  }

  async #open(limits: ClusterLimits): Promise<void> {
    const { timers } = systemPorts();
    const report = (_level: string, what: string) => void this.reports.push(what);
    const back: Door = {
      name: 'test',
      path: '/test',
      handleRequest: (request, response) => this.onRequest(request, response),
      handleUpgrade: (request, socket, head) => this.onUpgrade(request, socket, head),
      close: () => {},
    };
    const signed = new SignedRequests(secret, { name: backName, isGood: () => this.isGood }, limits, this.clients);
    this.#listener = new InternalListener({ host: '127.0.0.1', doors: [back], signed, report });
    this.back = { name: backName, url: await this.#listener.open(), beat };
    const registry = {
      name: frontName,
      find: async (name: string) => (name === backName ? this.back : undefined),
      unreachable: (name: string) => void this.unreachable.push(name),
      onGone: (listener: (name: string) => void) => void this.#gone.push(listener),
    };
    const addressOf = () => '203.0.113.9';
    const outgoing = new OutgoingRequests({ name: frontName, secret, timers, limits, addressOf });
    this.forwarding = new Forwarding({ registry, outgoing, timers, report, limits });
    const front: Door = {
      ...back,
      nodeOf: nodeNamedIn({ query: 'id' }),
      handleRequest: (_request, response) => void response.end('front'),
      handleUpgrade: (_request, socket) => void socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
    };
    this.#server.on('request', (request, response) => this.forwarding.request(front, request, response));
    this.#server.on('upgrade', (request, socket: Socket, head) =>
      this.forwarding.upgrade(front, request, socket, head),
    );
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** An address that names the back. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/test?id=${backName}.x`;
  }

  /** The back is gone: everything on it is cut. */
  killBack(): Promise<void> {
    return this.#listener.close();
  }

  /** The front hears that the back does not live any more. */
  tellGone(): void {
    for (const listener of this.#gone) listener(backName);
  }

  async close(): Promise<void> {
    this.forwarding.close();
    await this.#listener.close().catch(() => {});
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
