import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@confab/testing/free-port';
import type { DoorTarget } from '../doors/door-client.ts';
import { type ServerOptions, ServerProcess } from '../process/server-process.ts';
import { type Population, populate } from './population.ts';

export interface TestBedOptions {
  members: number;
  /** Rate limits out of the way, for runs that measure or fill in bulk. The others run with what ships. */
  roomy?: boolean;
  /** `whole` is what people start; it may build the web app first. `measured` unless told. */
  entry?: ServerOptions['entry'];
  /** Further environment variables, `CONFAB_*`. */
  env?: Readonly<Record<string, string>>;
  /** Where it runs, if not in the open: an address, and the command that starts a program there. */
  place?: Pick<ServerOptions, 'host' | 'command'>;
}

/** The very first start of a `whole` one builds the web app. */
const firstStartMs = 180_000;

/** A server on a data folder of its own, with people in a room. Ends and leaves nothing behind, whatever happens. */
export class TestBed {
  readonly people: Population;
  readonly #options: ServerOptions;
  readonly #mqttPort: number;
  server: ServerProcess;

  private constructor(server: ServerProcess, people: Population, options: ServerOptions, mqttPort: number) {
    this.server = server;
    this.people = people;
    this.#options = options;
    this.#mqttPort = mqttPort;
  }

  get url(): string {
    return this.server.url;
  }

  /** The data folder. */
  get data(): string {
    return this.#options.data;
  }

  /** Where a client of any door goes. */
  target(token: string, room: string): DoorTarget {
    return { url: this.url, token, room, mqttPort: this.#mqttPort };
  }

  static async with<T>(
    { members, roomy = false, entry = 'measured', env: further = {}, place = {} }: TestBedOptions,
    use: (bed: TestBed) => Promise<T>,
  ): Promise<T> {
    const data = await mkdtemp(join(tmpdir(), 'confab-run-'));
    const mqttPort = await freePort();
    const env = { CONFAB_MQTT_PORT: String(mqttPort), ...(roomy ? { CONFAB_TEST_ROOMY: '1' } : {}), ...further };
    const options = { data, port: await freePort(), entry, env, ...place };
    const server = ServerProcess.start(options);
    let bed: TestBed | undefined;
    try {
      await server.ready(firstStartMs);
      bed = new TestBed(server, await populate(server.url, members), options, mqttPort);
      return await use(bed);
    } finally {
      bed?.people.owner.api.close();
      await (bed?.server ?? server).end('SIGKILL');
      await rm(data, { recursive: true });
    }
  }

  /** Kills the server and starts it again at the same address on the same data. Milliseconds until it answers. */
  async killAndRestart(): Promise<number> {
    await this.server.end('SIGKILL');
    this.server = ServerProcess.start(this.#options);
    return this.server.ready();
  }

  /** One figure of the server's `/metrics`; the sum over labels. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const lines = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? ([\\d.e+-]+)$`, 'gm'))];
    if (lines.length === 0) throw new Error(`The server has no metric ${name}.`);
    return lines.reduce((sum, [, value]) => sum + Number(value), 0);
  }
}
