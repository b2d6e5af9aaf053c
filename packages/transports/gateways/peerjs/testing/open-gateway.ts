import { createEngine, type Engine, type Outcome } from '@confab/engine';
import { createTestEngine, fakeRandom, testUser } from '@confab/engine/testing';
import { type CloseReason, inboxLog, type Params, toWireError, type UserId } from '@confab/protocol';
import { WebSocket } from 'ws';
import { DoorServer } from '../../../testing/door-server.ts';
import { createPeerJsGateway } from '../gateway.ts';

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

/** The gateway on free ports, before an engine whose domain knows leases and people who all share a space. */
export class OpenGateway {
  readonly test = createTestEngine();
  /** People who are met by nobody. */
  readonly strangers = new Set<UserId>();
  readonly leases = new Map<string, Lease>();
  refusal: CloseReason | undefined;
  private readonly nodes: DoorServer[] = [];
  private people = 0;

  static async open(): Promise<OpenGateway> {
    const gateway = new OpenGateway();
    gateway.test.domain.onExecute = async (actor, command, params) => gateway.execute(actor.user, command, params);
    gateway.nodes.push(await gateway.openNode(gateway.test.engine));
    return gateway;
  }

  get port(): number {
    return this.nodes[0]?.port ?? 0;
  }

  /** Another node of the same instance. */
  async addNode(): Promise<void> {
    const { domain, bus, time } = this.test;
    const ports = { clock: time.clock, timers: time.timers, random: fakeRandom(), report: () => {} };
    this.nodes.push(await this.openNode(createEngine({ node: `node${this.nodes.length}`, domain, bus, ...ports })));
  }

  async close(): Promise<void> {
    for (const node of this.nodes) await node.close();
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
    {
      path = '/peerjs',
      headers = {},
      node = 0,
    }: { path?: string; headers?: Record<string, string>; node?: number } = {},
  ): Promise<RawPeer> {
    const peer = new RawPeer(`ws://127.0.0.1:${this.nodes[node]?.port}${path}?${query}`, headers);
    await this.until(() => peer.heard.length > 0 || peer.ended);
    return peer;
  }

  /** A client that has its id. */
  async connect(id: string, token: string, { secret = 'x1', node = 0 } = {}): Promise<RawPeer> {
    const query = `key=peerjs&id=${id}&token=${secret}&version=1.5.5`;
    const peer = await this.knock(query, { headers: { authorization: token }, node });
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

  private async openNode(engine: Engine): Promise<DoorServer> {
    const { domain, time } = this.test;
    const door = createPeerJsGateway(
      {
        reception: {
          refuses: (address) => this.refusal ?? engine.refuses(address),
          accept: (peer, credentials) => engine.accept(peer, credentials),
        },
        ask: async ({ token, command, params }) => {
          const actor = domain.actors.get(token ?? '');
          return actor === undefined
            ? { error: toWireError('unauthenticated') }
            : domain.execute(actor, command, params);
        },
        origins: { allows: (origin) => origin === 'http://board.example' },
        report: () => {},
        // From this machine, so that no bound on how many come from one address is met.
        node: 'thisnode',
        addressOf: () => '127.0.0.1',
        credentialsOf: ({ headers }) => ({ token: headers.cookie ?? headers.authorization ?? null }),
      },
      { timers: time.timers },
    );
    return DoorServer.open(door);
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
