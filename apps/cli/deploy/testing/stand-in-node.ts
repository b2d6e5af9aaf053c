import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';

/** What came to a node. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
}

/** A server in a node's place that says what reached it, and goes wrong when it is told to. */
export class StandInNode {
  readonly arrived: Arrived[] = [];
  readonly upgrades: Arrived[] = [];
  /** Streams that are open; what is written to one is for its client. */
  readonly streams = new Set<ServerResponse>();
  ready = true;
  /** Takes a request whole and then ends the connection without a word, as a process does that dies. */
  dies = false;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly webSockets = new WebSocketServer({ noServer: true });

  private constructor() {
    this.server = createServer((request, response) => {
      // Whoever ends a request in its middle hears no answer.
      this.answer(request, response).catch(() => {});
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      this.upgrades.push(arrivedOf(request, 0));
      socket.on('error', () => {});
      if (request.url === '/refused') {
        socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 10\r\nConnection: close\r\n\r\nnot let in');
        return;
      }
      // Whatever it says comes back.
      this.webSockets.handleUpgrade(request, socket, head, (client) => {
        client.on('message', (data) => client.send(String(data)));
      });
    });
  }

  static async open(port = 0): Promise<StandInNode> {
    const node = new StandInNode();
    node.server.listen(port, '127.0.0.1');
    await once(node.server, 'listening');
    return node;
  }

  get ports() {
    const { port } = this.server.address() as AddressInfo;
    return { port, mqttPort: port };
  }

  /** Of these paths, in order. */
  came(method: string, path: string): Arrived[] {
    return this.arrived.filter((each) => each.method === method && each.url.startsWith(path));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '' } = request;
    if (url === '/health/ready') {
      response.writeHead(this.ready ? 200 : 503).end();
      return;
    }
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    this.arrived.push(arrivedOf(request, bytes));
    if (this.dies) request.socket.destroy();
    else if (!this.ready) response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":{}}');
    else if (url.startsWith('/stream')) this.stream(url, response);
    else response.end('taken');
  }

  private stream(url: string, response: ServerResponse): void {
    const type = url.includes('ndjson') ? 'application/x-ndjson' : 'text/event-stream';
    response.writeHead(200, { 'content-type': type });
    // As Confab's streams begin.
    response.write(url.includes('ndjson') ? '\n' : ':\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }
}

function arrivedOf({ method = '', url = '', headers }: IncomingMessage, bytes: number): Arrived {
  return { method, url, headers, bytes };
}
