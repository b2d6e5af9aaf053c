import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine, type Engine, type EngineLimits, type Timers } from '@confab/engine';
import { FakeTime, fakeRandom, TestBus } from '@confab/engine/testing';
import type { UserId } from '@confab/protocol';
import { createMqttGateway, type MqttGateway } from '../gateway.ts';
import type { MqttLimits } from '../limits.ts';
import { RawClient, type RawOptions } from './raw-client.ts';
import { ada, TestDomain } from './test-domain.ts';
import { until } from './until.ts';

export const ownOrigin = 'http://here.example';

interface Bounds {
  readonly limits?: Partial<MqttLimits>;
  readonly engine?: Partial<EngineLimits>;
}

/** The gateway on free ports, with an engine and a domain in memory behind it. Time is moved by hand. */
export class OpenGateway {
  readonly time = new FakeTime();
  readonly bus = new TestBus();
  readonly domain = new TestDomain(this.bus, this.time);
  readonly reported: string[] = [];
  readonly clients: RawClient[] = [];
  private readonly bounds: Bounds;
  private server = createServer();
  private gateway: MqttGateway | null = null;
  engine: Engine;

  private constructor(bounds: Bounds) {
    this.bounds = bounds;
    this.engine = this.newEngine();
  }

  static async open(bounds: Bounds = {}): Promise<OpenGateway> {
    const opened = new OpenGateway(bounds);
    await opened.listen();
    return opened;
  }

  get tcpPort(): number {
    return this.gateway?.tcpPort ?? 0;
  }

  get webSocketUrl(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/mqtt`;
  }

  /** Makes a session and answers with its token, in the form of real ones. */
  signIn(user: UserId = ada): string {
    const { actor } = this.domain.memory.addSession(user);
    const token = `token-of-${this.domain.memory.actors.size}`.padEnd(43, '_');
    this.domain.memory.actors.set(token, actor);
    return token;
  }

  /** A client that has only opened the connection. */
  async knock(version: 4 | 5 = 5): Promise<RawClient> {
    const client = new RawClient(this.tcpPort, version);
    this.clients.push(client);
    await until(() => client.isOpen);
    return client;
  }

  /** A client that was let in. */
  async connect(options: RawOptions = {}): Promise<RawClient> {
    const client = await this.knock(options.protocolVersion ?? 5);
    client.connect({ username: 'token', password: Buffer.from(this.signIn(options.user)), ...options });
    await until(() => client.connack !== undefined || client.ended);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.socket.destroy();
    await this.gateway?.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The process is killed, with everything that it had only in memory, and another one takes its place. */
  async restart(): Promise<void> {
    // What the old one would still save is lost with it.
    const kept = new Map(this.domain.cursors);
    await this.close();
    this.domain.cursors.clear();
    for (const [key, value] of kept) this.domain.cursors.set(key, value);
    this.engine = this.newEngine();
    this.server = createServer();
    this.time.nowMs += 1;
    await this.listen();
  }

  /** Ends everyone's connection in order, as a server that goes down does. */
  async drain(): Promise<void> {
    await this.engine.drain();
  }

  private get timers(): Timers {
    return { after: this.time.timers.after, endOfTick: (task) => void setImmediate(task) };
  }

  private newEngine(): Engine {
    const { bus, timers } = this;
    const report = (_level: string, what: string) => void this.reported.push(what);
    const { clock } = this.time;
    const limits = this.bounds.engine ?? {};
    return createEngine({
      node: 'node',
      domain: this.domain.memory,
      bus,
      clock,
      timers,
      random: fakeRandom(),
      report,
      limits,
    });
  }

  private async listen(): Promise<void> {
    const { clock } = this.time;
    const gateway = createMqttGateway(
      {
        reception: {
          refuses: (address) => this.engine.refuses(address),
          accept: (peer, credentials) => this.engine.accept(peer, credentials),
        },
        ask: (question) => this.domain.ask(question),
        origins: { allows: (origin) => origin === ownOrigin },
        report: (_level, what, details) => void this.reported.push(`${what}: ${String(details?.error)}`),
        node: 'thisnode',
        addressOf: ({ socket }) => socket.remoteAddress ?? '',
        credentialsOf: ({ headers }) => ({ token: headers.cookie ?? null }),
      },
      {
        tcp: { port: 0, host: '127.0.0.1' },
        time: { clock, timers: this.timers },
        ...(this.bounds.limits ? { limits: this.bounds.limits } : {}),
      },
    );
    this.gateway = gateway;
    await gateway.open();
    this.server.on('upgrade', (request, socket, head) => gateway.handleUpgrade(request, socket, head));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }
}
