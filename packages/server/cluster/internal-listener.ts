import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Report } from '@confab/engine';
import type { Door } from '@confab/transports/door';
import { isBelow } from '../http/is-below.ts';
import { urlOf } from './node-host.ts';
import type { SignedRequests } from './signed-requests.ts';

/** What a request is answered with that no node of the instance has passed on to this one. Doors never say it. */
export const notForHere = 421;

const internalLimits = {
  /** A client's headers and our own. */
  headerBytes: 24 * 1024,
  headersMs: 10_000,
  requestMs: 30_000,
  /** Longer than other nodes keep an idle connection, so that none is cut as it is used again. */
  keepAliveMs: 75_000,
} as const;

export interface InternalListenerParts {
  /** Where the other nodes reach this one. */
  readonly host: string;
  readonly doors: readonly Door[];
  readonly signed: SignedRequests;
  readonly report: Report;
}

/** Takes what other nodes pass on to the doors of this one, by plain HTTP in their own network, and answers nobody else. */
export class InternalListener {
  private readonly parts: InternalListenerParts;
  private readonly server: Server;
  private readonly upgraded = new Set<Duplex>();

  constructor(parts: InternalListenerParts) {
    this.parts = parts;
    const { headerBytes, headersMs, requestMs, keepAliveMs } = internalLimits;
    this.server = createServer({
      maxHeaderSize: headerBytes,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      keepAlive: true,
      noDelay: true,
      // A client of HTTP/1.0 names no host.
      requireHostHeader: false,
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    });
    this.server.on('request', (request, response) => this.onRequest(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.onUpgrade(request, socket, head),
    );
  }

  /** Answers with the address that the others are to use. */
  async open(): Promise<string> {
    const { server, parts } = this;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: parts.host, port: 0, backlog: 4_096 }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return urlOf(parts.host, (server.address() as AddressInfo).port);
  }

  close(): Promise<void> {
    for (const socket of this.upgraded) socket.destroy();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private onRequest(request: IncomingMessage, response: ServerResponse): void {
    const door = this.doorOf(request);
    if (door?.handleRequest) door.handleRequest(request, response);
    else response.writeHead(notForHere, { connection: 'close' }).end();
  }

  private onUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const door = this.doorOf(request);
    this.upgraded.add(socket);
    socket.once('close', () => this.upgraded.delete(socket));
    if (door?.handleUpgrade) {
      door.handleUpgrade(request, socket, head);
      return;
    }
    socket.on('error', () => socket.destroy());
    socket.once('finish', () => socket.destroy());
    socket.end(`HTTP/1.1 ${notForHere} Misdirected Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }

  /** The door that a request is for, if another node has passed it on. */
  private doorOf(request: IncomingMessage): Door | undefined {
    const refused = this.parts.signed.refuses(request);
    if (refused !== undefined) {
      this.parts.report('warn', 'a request was refused that no node has passed on', {
        reason: refused,
        address: request.socket.remoteAddress,
      });
      return undefined;
    }
    return this.parts.doors.find((door) => isBelow(request.url ?? '', door));
  }
}
