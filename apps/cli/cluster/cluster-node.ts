import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@confab/protocol';
import { freePort } from '@confab/testing/free-port';
import { type ServerOptions, ServerProcess } from '../process/server-process.ts';

/** One node of a cluster: a server process that comes back at the same address. */
export class ClusterNode {
  /** Counted from 0. */
  readonly index: number;
  readonly port: number;
  readonly mqttPort: number;
  /** Monotonic milliseconds since when it answers; `undefined` while it does not. */
  readySinceMs: number | undefined;
  readonly #options: ServerOptions;
  #server: ServerProcess;

  private constructor(index: number, options: ServerOptions, mqttPort: number) {
    this.index = index;
    this.port = options.port;
    this.mqttPort = mqttPort;
    this.#options = options;
    this.#server = ServerProcess.start(options);
  }

  /** Starts the process; `ready` says when it answers. */
  static async start(
    index: number,
    entry: ServerOptions['entry'],
    env: Readonly<Record<string, string>>,
  ): Promise<ClusterNode> {
    const [port, mqttPort] = [await freePort(), await freePort()];
    const data = await mkdtemp(join(tmpdir(), 'confab-node-'));
    const ofNode = { CONFAB_MQTT_PORT: `${mqttPort}`, CONFAB_NODE_HOST: '127.0.0.1', ...env };
    return new ClusterNode(index, { data, port, entry, env: ofNode }, mqttPort);
  }

  get url(): string {
    return this.#server.url;
  }

  get pid(): number {
    return this.#server.pid;
  }

  /** The last of what it printed. */
  get said(): string {
    return this.#server.said;
  }

  /** Milliseconds until it said that it is ready. */
  async ready(timeoutMs?: number): Promise<number> {
    const tookMs = await this.#server.ready(timeoutMs);
    this.readySinceMs = performance.now();
    return tookMs;
  }

  /** Milliseconds until it had ended. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number> {
    const startedMs = performance.now();
    this.readySinceMs = undefined;
    await this.#server.end(signal);
    return performance.now() - startedMs;
  }

  /** Starts it again after `end`; milliseconds until it answers. */
  again(timeoutMs?: number): Promise<number> {
    this.#server = ServerProcess.start(this.#options);
    return this.ready(timeoutMs);
  }

  /** Disables an account, as an operator would. */
  disable(user: UserId): Promise<void> {
    return this.#server.disable(user);
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.#options.data, { recursive: true, force: true });
  }
}
