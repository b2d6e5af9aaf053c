import type { EngineLimits } from '@confab/engine';
import type { Door } from '../../../door.ts';
import { DoorServer } from '../../../testing/door-server.ts';
import { ada, bob, TestWorld } from '../../../testing/test-world.ts';
import { createSignalRGateway } from '../gateway.ts';
import type { SignalRLimits } from '../limits.ts';

interface Bounds {
  readonly limits?: Partial<SignalRLimits>;
  readonly engine?: Partial<EngineLimits>;
}

/** The gateway on a free port, before a world of which Ada does not see the third room. */
export class OpenGateway extends TestWorld {
  readonly door: Door;
  private server: DoorServer | null = null;

  private constructor({ limits = {}, engine = {} }: Bounds) {
    super(engine);
    const { clock } = this.time;
    this.door = createSignalRGateway(this.doorParts, { limits, clock, timers: this.timers });
    for (const number of [1, 2]) this.addRoom(number, ada, bob);
    this.addRoom(3, bob);
  }

  static async open(bounds: Bounds = {}): Promise<OpenGateway> {
    const gateway = new OpenGateway(bounds);
    gateway.server = await DoorServer.open(gateway.door);
    return gateway;
  }

  get port(): number {
    return this.server?.port ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/signalr`;
  }

  /** Connections of TCP. */
  get sockets(): number {
    return this.server?.connections ?? 0;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }
}
