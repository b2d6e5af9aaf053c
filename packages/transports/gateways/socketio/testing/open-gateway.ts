import type { EngineLimits } from '@confab/engine';
import type { MemoryDomain } from '@confab/engine/testing';
import { inboxLog, type UserId } from '@confab/protocol';
import { DoorServer } from '../../../testing/door-server.ts';
import { ada, bob, spaces, TestWorld } from '../../../testing/test-world.ts';
import { createSocketIoGateway, type SocketIoOptions } from '../gateway.ts';

interface Bounds {
  readonly limits?: SocketIoOptions['limits'];
  readonly engine?: Partial<EngineLimits>;
}

/** The gateway on a free port, before a world of which Ada does not see the third room. */
export class OpenGateway extends TestWorld {
  private readonly bounds: Bounds;
  private server: DoorServer | null = null;

  private constructor(bounds: Bounds, domain?: MemoryDomain) {
    super(bounds.engine, domain);
    this.bounds = bounds;
    if (domain !== undefined) return;
    for (const number of [1, 2, 100]) this.addRoom(number, ada, bob);
    this.addRoom(3, bob);
  }

  /** With the domain of another one, it is the same server after a restart. */
  static async open(bounds: Bounds = {}, domain?: MemoryDomain): Promise<OpenGateway> {
    const gateway = new OpenGateway(bounds, domain);
    await gateway.listen(0);
    return gateway;
  }

  get port(): number {
    return this.server?.port ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  /** Cuts everyone off, as a pulled plug would. */
  cut(): void {
    this.server?.cut();
  }

  /** The process is gone and another one stands in its place, with the same data. */
  async restart(): Promise<void> {
    const { port } = this;
    await this.close();
    this.restartEngine();
    await this.listen(port);
  }

  removeFromSpace(space: number, user: UserId): void {
    this.append(inboxLog(user), 'inbox.space-removed', { space: spaces[space]?.id });
  }

  private async listen(port: number): Promise<void> {
    const { limits } = this.bounds;
    const door = createSocketIoGateway(this.doorParts, { ...(limits ? { limits } : {}), timers: this.timers });
    this.server = await DoorServer.open(door, { port });
  }
}
