import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DebianCommand, ensureDebianPackages, isInstalled } from './debian.ts';

/** What one proxy program needs to run beside others, without touching the machine's own. */
export interface ProxyProgram {
  readonly packages: readonly DebianCommand[];
  /** The configuration with what is said of places only: where its process id, sockets and state go. */
  placed(configuration: string, folder: string): string;
  /** The command that checks a configuration and ends, 0 for a sound one. */
  check(file: string, folder: string): readonly [string, ...string[]];
  /** The command that serves, in the foreground. */
  serve(file: string, folder: string): readonly [string, ...string[]];
  /** Tells the running one to take what the file says now. Resolves when it was told, not when it is done. */
  reload(child: ChildProcess, file: string, folder: string): Promise<void>;
  /** The signal at which it tells its clients goodbye before it ends; without one, it is ended at once. */
  readonly farewell?: NodeJS.Signals;
  readonly env?: (folder: string) => Readonly<Record<string, string>>;
}

/** A proxy of one's own, on the ports that its configuration names. It ends with this process. */
export interface PrivateProxy {
  readonly pid: number;
  /** The last of what it printed. */
  readonly said: string;
  /** Takes another configuration without letting go of its connections, as far as the program can. */
  reload(configuration: string): Promise<void>;
  /** Ends it and removes what it wrote. */
  remove(): Promise<void>;
}

/** For what hangs: a busy machine has needed half a minute. */
const startLimitMs = 60_000;
const saidCharacters = 8_000;
const farewellMs = 1_000;

/**
 * What the program's own check says of a configuration: `null` when it is sound, warnings and all else when not.
 * @throws an `Error` that says what to install.
 */
export async function checkProxy(program: ProxyProgram, configuration: string): Promise<string | null> {
  await ensureDebianPackages(program.packages);
  const { folder, file } = laidDown(program, configuration);
  try {
    const run = new Run(program.check(file, folder), program.env?.(folder));
    const [code] = await once(run.child, 'close');
    return code === 0 ? null : run.said || `It ended with ${code}.`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Starts it; resolves when something listens on each of the `ports`.
 * @throws an `Error` that says what to install, or what the program said.
 */
export async function startProxy(
  program: ProxyProgram,
  configuration: string,
  ports: readonly number[],
): Promise<PrivateProxy> {
  await ensureDebianPackages(program.packages);
  const { folder, file } = laidDown(program, configuration);
  const run = new Run(program.serve(file, folder), program.env?.(folder));
  const remove = async (): Promise<void> => {
    await run.end(program.farewell);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const port of ports) await run.listening(port);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    pid: run.child.pid ?? 0,
    get said() {
      return run.said;
    },
    async reload(changed) {
      writeFileSync(file, program.placed(changed, folder));
      await program.reload(run.child, file, folder);
    },
    remove,
  };
}

function laidDown(program: ProxyProgram, configuration: string): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'confab-proxy-'));
  const file = join(folder, 'configuration');
  writeFileSync(file, program.placed(configuration, folder));
  return { folder, file };
}

class Run {
  readonly child: ChildProcess;
  said = '';

  constructor([command, ...args]: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}) {
    // Ended with us, even when we are killed; `setpriv` becomes the program, so that its pid is the program's.
    const tie = isInstalled('setpriv') ? ['setpriv', '--pdeathsig=TERM'] : [];
    const [first = command, ...rest] = [...tie, command, ...args];
    this.child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said = (this.said + chunk.toString()).slice(-saidCharacters);
      });
    }
    this.child.on('error', (error) => {
      this.said += error.message;
    });
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async listening(port: number): Promise<void> {
    const deadlineMs = performance.now() + startLimitMs;
    while (!this.ended && performance.now() < deadlineMs) {
      if (await listens(port)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`The proxy does not listen on port ${port}. It said:\n${this.said}`);
  }

  /** Asks it to end at once, in order: a program's helpers end with it, which a kill would leave behind. */
  async end(farewell: NodeJS.Signals | undefined): Promise<void> {
    if (this.ended) return;
    const ended = once(this.child, 'exit');
    if (farewell) this.child.kill(farewell);
    const over = setTimeout(() => this.child.kill('SIGTERM'), farewell ? farewellMs : 0);
    const late = setTimeout(() => this.child.kill('SIGKILL'), startLimitMs);
    await ended;
    clearTimeout(over);
    clearTimeout(late);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
