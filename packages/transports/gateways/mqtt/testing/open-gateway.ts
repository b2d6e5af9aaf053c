import type { EngineLimits } from '@confab/engine';
import { DoorServer } from '../../../testing/door-server.ts';
import { until } from '../../../testing/until.ts';
import { createMqttGateway, type MqttGateway } from '../gateway.ts';
import type { MqttLimits } from '../limits.ts';
import { MqttWorld } from './mqtt-world.ts';
import { RawClient, type RawOptions } from './raw-client.ts';

interface Bounds {
  readonly limits?: Partial<MqttLimits>;
  readonly engine?: Partial<EngineLimits>;
}

/** The gateway on free ports, before a world of which Ada does not see the third room, and clients of it. */
export class OpenGateway extends MqttWorld {
  readonly clients: RawClient[] = [];
  private readonly limits: Partial<MqttLimits>;
  private gateway: MqttGateway | null = null;
  private server: DoorServer | null = null;

  private constructor({ engine, limits = {} }: Bounds) {
    super(engine);
    this.limits = limits;
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
    return `ws://127.0.0.1:${this.server?.port}/mqtt`;
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
    await this.server?.close();
  }

  /** The process is killed, with everything that it had only in memory, and another one takes its place. */
  async restart(): Promise<void> {
    // What the old one would still save is lost with it.
    const kept = new Map(this.cursors);
    await this.close();
    this.cursors.clear();
    for (const [key, value] of kept) this.cursors.set(key, value);
    this.restartEngine();
    this.time.nowMs += 1;
    await this.listen();
  }

  /** Ends everyone's connection in order, as a server that goes down does. */
  async drain(): Promise<void> {
    await this.engine.drain();
  }

  private async listen(): Promise<void> {
    const { time, timers, limits } = this;
    const tcp = { port: 0, host: '127.0.0.1' };
    this.gateway = createMqttGateway(this.doorParts, { tcp, time: { clock: time.clock, timers }, limits });
    await this.gateway.open();
    this.server = await DoorServer.open(this.gateway);
  }
}
