import type { EngineLimits } from '@confab/engine';
import type { Door, DoorParts } from '../../door.ts';
import { DoorServer } from '../../testing/door-server.ts';
import { TestWorld } from '../../testing/test-world.ts';
import { StreamClient } from './stream-client.ts';

/** A door on a free port, before a world without rooms, and clients of it. */
export class DoorBed extends TestWorld {
  readonly clients: StreamClient[] = [];
  private server: DoorServer | null = null;

  static async open(
    make: (parts: DoorParts, bed: DoorBed) => Door,
    limits: Partial<EngineLimits> = {},
    version: 1 | 2 = 1,
  ): Promise<DoorBed> {
    const bed = new DoorBed(limits);
    bed.server = await DoorServer.open(make(bed.doorParts, bed), { version });
    return bed;
  }

  get url(): string {
    return this.server?.url ?? '';
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.cut();
    await this.server?.close();
  }

  /** Whatever `headers` ask for, as a stream that the test reads. */
  listen(path: string, token: string, headers: Record<string, string> = {}): StreamClient {
    const client = new StreamClient(`${this.url}${path}`, { authorization: `Bearer ${token}`, ...headers });
    this.clients.push(client);
    return client;
  }

  fetch(path: string, token: string | null, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    return fetch(`${this.url}${path}`, { ...init, headers });
  }
}
