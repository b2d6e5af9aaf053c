import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type HttpAsker, httpAsker } from './http-asker.ts';

const entries = {
  /** What `npm start` runs. */
  whole: fileURLToPath(new URL('../start.js', import.meta.url)),
  /** The same without the web app. */
  bare: fileURLToPath(new URL('./bare-server.ts', import.meta.url)),
} as const;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server in a process of its own, with nothing of this one's `CONFAB_*` environment. */
export class ServerChild {
  readonly pid: number;
  /** All that it wrote to stdout, and to stderr. */
  said = '';
  logged = '';
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;

  constructor(environment: Record<string, string>, entry: keyof typeof entries = 'bare', args: readonly string[] = []) {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CONFAB_'));
    const child = spawn(process.execPath, [entries[entry], ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...Object.fromEntries(inherited), CONFAB_HOST: '127.0.0.1', CONFAB_PORT: '0', ...environment },
    });
    this.#child = child;
    this.pid = child.pid ?? 0;
    child.stdout.on('data', (chunk) => {
      this.said += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      this.logged += String(chunk);
    });
    // A test that is cut off must leave no server behind.
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    // `close`, not `exit`: all that it wrote has arrived by then.
    this.ended = once(child, 'close').then(([code, signal]) => {
      process.off('exit', kill);
      return { code, signal };
    });
  }

  /** Resolves when it says where it is; rejects when it ends before. */
  async ready(): Promise<HttpAsker & { url: string }> {
    const gone = this.ended.then(({ code }) => {
      throw new Error(`it ended with ${code}: ${this.said}${this.logged}`);
    });
    // Its end after this is nobody's error.
    gone.catch(() => {});
    for (;;) {
      const url = /^Confab is ready at (\S+)$/m.exec(this.said)?.[1];
      if (url !== undefined) return { url, ...httpAsker(url) };
      await Promise.race([gone, once(this.#child.stdout ?? this.#child, 'data')]);
    }
  }

  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }
}
