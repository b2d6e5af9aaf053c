import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outcome } from '@confab/engine';
import { createTestEngine, testUser } from '@confab/engine/testing';
import { type CloseReason, inboxLog, type Params, toWireError, type UserId } from '@confab/protocol';
import { WebSocket } from 'ws';
import { createPeerJsGateway, type PeerJsOptions } from '../gateway.ts';

type TestEngine = ReturnType<typeof createTestEngine>;

interface Lease {
  readonly user: UserId;
  readonly secret: string;
  holder: string | null;
}

/** A client that says what it is told to. */
export class RawPeer {
  readonly webSocket: WebSocket;
  readonly heard: { type: string; src?: string; dst?: string; payload?: unknown }[] = [];
  opened = false;
  /** The HTTP status of a refusal. */
  status = 0;
  closeCode = 0;

  constructor(url: string, headers: Record<string, string>) {
    this.webSocket = new WebSocket(url, { headers });
    this.webSocket.on('open', () => {
      this.opened = true;
    });
    this.webSocket.on('message', (data) => this.heard.push(JSON.parse(String(data))));
    this.webSocket.on('error', () => {});
    this.webSocket.on('unexpected-response', (_, response) => {
      this.status = response.statusCode ?? 0;
      this.webSocket.terminate();
    });
    this.webSocket.on('close', (code) => {
      this.closeCode = code;
    });
  }

  get ended(): boolean {
    return this.webSocket.readyState === WebSocket.CLOSED;
  }

  say(message: unknown): void {
    this.webSocket.send(JSON.stringify(message));
  }

  types(): string[] {
    return this.heard.map(({ type }) => type);
  }
}

/** The gateway on a free port, before an engine whose domain knows leases and people who all share a space. */
export class OpenGateway {
  readonly test: TestEngine;
  readonly port: number;
  /** People who are met by nobody. */
  readonly strangers = new Set<UserId>();
  readonly leases = new Map<string, Lease>();
  refusal: CloseReason | undefined;
  private readonly end: () => Promise<void>;
  private people = 0;

  private constructor(test: TestEngine, port: number, end: () => Promise<void>) {
    this.test = test;
    this.port = port;
    this.end = end;
    test.domain.onExecute = async (actor, command, params) => this.execute(actor.user, command, params);
  }

  static async open(limits: PeerJsOptions['limits'] = {}): Promise<OpenGateway> {
    const test = createTestEngine();
    let gateway: OpenGateway | undefined;
    const door = createPeerJsGateway(
      {
        reception: {
          refuses: (address) => gateway?.refusal ?? test.engine.refuses(address),
          accept: (peer, credentials) => test.engine.accept(peer, credentials),
        },
        ask: async ({ token, command, params }) => {
          const actor = test.domain.actors.get(token ?? '');
          return actor === undefined
            ? { error: toWireError('unauthenticated') }
            : test.domain.execute(actor, command, params);
        },
        origins: { allows: (origin) => origin === 'http://board.example' },
        report: () => {},
        // From this machine, so that no bound on how many come from one address is met.
        addressOf: () => '127.0.0.1',
        credentialsOf: ({ headers }) => ({ token: headers.cookie ?? headers.authorization ?? null }),
      },
      { limits, timers: test.time.timers },
    );
    const server = createServer((request, response) => door.handleRequest?.(request, response));
    server.on('upgrade', (request, socket, head) => door.handleUpgrade?.(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    gateway = new OpenGateway(test, port, async () => {
      await door.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return gateway;
  }

  close(): Promise<void> {
    return this.end();
  }

  /** Someone new; the answer's token signs them in. */
  person(): { user: UserId; token: string } {
    this.people += 1;
    const user = testUser(this.people);
    this.test.domain.addInbox(user);
    return { user, token: this.test.domain.addSession(user).token };
  }

  /** A client that was answered, whatever the answer. */
  async knock(
    query: string,
    { path = '/peerjs', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
  ): Promise<RawPeer> {
    const peer = new RawPeer(`ws://127.0.0.1:${this.port}${path}?${query}`, headers);
    await this.until(() => peer.heard.length > 0 || peer.ended);
    return peer;
  }

  /** A client that has its id. */
  async connect(id: string, token: string, secret = 'x1'): Promise<RawPeer> {
    const query = `key=peerjs&id=${id}&token=${secret}&version=1.5.5`;
    const peer = await this.knock(query, { headers: { authorization: token } });
    if (peer.types()[0] !== 'OPEN') throw new Error(`not opened: ${JSON.stringify(peer.heard)} ${peer.status}`);
    return peer;
  }

  /** Lets the engine and the network go on until something is so. */
  async until(condition: () => boolean): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`in vain: ${condition}`);
      await this.test.time.settle();
    }
  }

  private execute(user: UserId, command: string, params: unknown): Outcome {
    const { peer, holder, secret, from, kind, payload } = params as Params<'peer.claim'> & Params<'peer.reach'>;
    const lease = this.leases.get(peer);
    if (command === 'peer.claim') {
      if (lease && (lease.user !== user || lease.secret !== secret)) return { error: toWireError('peer-id-taken') };
      this.leases.set(peer, { user, secret, holder });
    } else if (command === 'peer.renew' || command === 'peer.release') {
      if (lease?.user !== user || lease.holder !== holder) return { error: toWireError('not-found') };
      if (command === 'peer.release') lease.holder = null;
    } else if (command === 'peer.reach') {
      if (this.leases.get(from)?.user !== user) return { error: toWireError('forbidden') };
      if (!lease?.holder || this.strangers.has(lease.user)) return { error: toWireError('not-found') };
      const data = { user, peer, holder: lease.holder, from, kind, payload };
      const json = JSON.stringify({ event: 'peer.reached', log: inboxLog(lease.user), at: 0, data });
      const ephemeral = { topic: inboxLog(lease.user), key: String(Math.random()), json };
      this.test.bus.publish({ kind: 'ephemeral', ephemeral });
    }
    return { result: {} };
  }
}
