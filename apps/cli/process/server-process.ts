import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import type { UserId } from '@confab/protocol';

/** What `npm start` runs, and the same server without the web app. */
const entries = {
  whole: join(import.meta.dirname, '../../../packages/server/start.js'),
  measured: join(import.meta.dirname, 'measured-server.ts'),
} as const;

export interface ServerOptions {
  data: string;
  port: number;
  /** Further environment variables, `CONFAB_*`. */
  env?: Readonly<Record<string, string>>;
  /** `measured`: without the web app, and able to tell its memory. */
  entry: keyof typeof entries;
  /** The address that it listens on; 127.0.0.1 unless told. */
  host?: string;
  /** The beginning of the command that starts it, for a program that becomes the server. */
  command?: readonly string[];
}

/** A real Confab server in a process of its own, as a person would start it. */
export class ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  #said = '';

  private constructor(child: ChildProcess, host: string, port: number) {
    this.url = `http://${host}:${port}`;
    this.pid = child.pid ?? 0;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#said = (this.#said + chunk.toString()).slice(-8_192);
      });
    }
  }

  /** Starts the process; `ready` says when it answers. */
  static start(options: ServerOptions): ServerProcess {
    const measured = options.entry === 'measured';
    const { host = '127.0.0.1', command = [] } = options;
    const [program, ...rest] = [...command, process.execPath, ...(measured ? ['--expose-gc'] : [])];
    const child = spawn(program ?? process.execPath, [...rest, entries[options.entry]], {
      stdio: measured ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CONFAB_DATA: options.data,
        CONFAB_PORT: String(options.port),
        CONFAB_HOST: host,
        CONFAB_LOG_LEVEL: 'warn',
        ...options.env,
      },
    });
    return new ServerProcess(child, host, options.port);
  }

  /** The last of what it printed. */
  get said(): string {
    return this.#said;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Milliseconds until it said that it is ready. Rejects when it ended, or was not ready within `timeoutMs`. */
  async ready(timeoutMs = 20_000): Promise<number> {
    const startedMs = performance.now();
    while (performance.now() - startedMs < timeoutMs) {
      if (!this.running) throw new Error(`The server ended while starting. It said:\n${this.#said}`);
      if (await answers(`${this.url}/health/ready`)) return performance.now() - startedMs;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`The server was not ready within ${timeoutMs} ms. It said:\n${this.#said}`);
  }

  /** What it keeps in memory after its garbage was collected; only of a `measured` one. */
  async memory(): Promise<NodeJS.MemoryUsage> {
    const answered = once(this.#child, 'message');
    this.#child.send('memory');
    const [usage] = (await answered) as [NodeJS.MemoryUsage];
    return usage;
  }

  /** Disables an account, as an operator would; only on a `measured` one. Resolves when that is stored. */
  async disable(user: UserId): Promise<void> {
    const done = once(this.#child, 'message');
    this.#child.send({ disable: user });
    await done;
  }

  /** `SIGKILL` is what a power button does to a process: nothing of it runs after. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!this.running) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}
