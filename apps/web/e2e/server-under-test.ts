import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@confab/testing/free-port';

const entry = fileURLToPath(new URL('../../../packages/server/start.js', import.meta.url));

/** The whole server with the built web app, in a process of its own that can be killed and started again. */
export class ServerUnderTest {
  readonly url: string;
  readonly #port: number;
  readonly #data = mkdtempSync(join(tmpdir(), 'confab-e2e-'));
  #child: ChildProcess | undefined;
  #said = '';

  readonly #env: Readonly<Record<string, string>>;

  private constructor(port: number, env: Readonly<Record<string, string>>) {
    this.#port = port;
    this.#env = env;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** `env`: options besides those that every test has. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<ServerUnderTest> {
    const server = new ServerUnderTest(await freePort(), env);
    await server.comeBack();
    return server;
  }

  /** What a power cut does to a process. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Starts at the same address on the same data. The first start may build the web app. */
  async comeBack(): Promise<void> {
    const child = spawn(process.execPath, [entry], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CONFAB_DATA: this.#data,
        CONFAB_PORT: String(this.#port),
        CONFAB_HOST: '127.0.0.1',
        CONFAB_LOG_LEVEL: 'warn',
        ...this.#env,
      },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#said = (this.#said + chunk.toString()).slice(-8_192);
      });
    }
    const deadlineMs = performance.now() + 120_000;
    while (!(await answers(`${this.url}/health/ready`))) {
      if (child.exitCode !== null) throw new Error(`The server ended. It said:\n${this.#said}`);
      if (performance.now() > deadlineMs) throw new Error(`The server is not ready. It said:\n${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#data, { recursive: true });
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
