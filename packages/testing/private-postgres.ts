import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled } from './debian.ts';
import { freePort } from './free-port.ts';
import { PostgresDatabases } from './postgres-databases.ts';
import { findPostgresPrograms, postgresAccount } from './postgres-programs.ts';
import { childrenOf } from './process-children.ts';

export interface PrivatePostgresOptions {
  /** `false`: does not wait for the disk. Never where a test is about what outlives a crash of the machine. */
  readonly fsync?: boolean;
  /** Lines of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The URL of a server that runs already, to make databases on it; it is neither stopped nor removed. */
  readonly at?: string;
}

/** A PostgreSQL for tests: a private one, or that of CONFAB_TEST_POSTGRES_URL, which cannot be stopped or paused. */
export interface PrivatePostgres {
  /** Of its own empty database; `postgres://name:password@127.0.0.1:port/database`. */
  readonly url: string;
  /** Whether `stop`, `start`, `pause` and `resume` work here. */
  readonly ours: boolean;
  /** Makes a database, empty or a copy of `template` (a database's URL, to which no one may be connected). */
  newDatabase(template?: string): Promise<string>;
  /** Drops a database that `newDatabase` made, whoever is connected to it. */
  dropDatabase(url: string): Promise<void>;
  /** Runs one statement on a connection of its own, as an administrator. */
  query<Row = Record<string, unknown>>(text: string, url?: string): Promise<Row[]>;
  /** `fast`: connections are cut and it ends in order. `immediate`: as if it had crashed. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  /** Starts it again on the same folder and port. */
  start(): Promise<void>;
  /** Lets all of its processes stand still: connections stay, nothing is answered. */
  pause(): void;
  resume(): void;
  /** Ends it and removes all that it stored. */
  remove(): Promise<void>;
}

const run = promisify(execFile);
const startLimitMs = 60_000;
/** What the server said last, for the message of a start that failed. */
const maxLogCharacters = 4_000;
const startAttempts = 3;

// Quick where nothing is proved by being slow. Many nodes with many lanes each connect to one server.
const baseSettings: Readonly<Record<string, string>> = {
  listen_addresses: "'127.0.0.1'",
  unix_socket_directories: "''",
  max_connections: '400',
  shared_buffers: "'64MB'",
  max_wal_size: "'512MB'",
  logging_collector: 'off',
  log_statement: 'none',
  timezone: "'Pacific/Auckland'",
};

/**
 * Starts a private PostgreSQL (1–2 s) that ends with this process. As root it runs under the account `postgres`.
 * @throws an `Error` that says what to install, or what the server said.
 */
export async function startPostgres(options: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
  const given = options.at ?? process.env.CONFAB_TEST_POSTGRES_URL;
  return given === undefined || given === '' ? PostgresServer.make(options) : givenPostgres(given);
}

class PostgresServer implements PrivatePostgres {
  readonly url: string;
  readonly ours = true;
  readonly newDatabase: PrivatePostgres['newDatabase'];
  readonly dropDatabase: PrivatePostgres['dropDatabase'];
  readonly query: PrivatePostgres['query'];
  readonly #programs: string;
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;
  #paused: number[] = [];

  private constructor(programs: string, folder: string, port: number, password: string) {
    this.#programs = programs;
    this.#folder = folder;
    this.#port = port;
    this.url = `postgres://confab:${password}@127.0.0.1:${port}/confab`;
    const databases = new PostgresDatabases(this.url);
    this.newDatabase = (template) => databases.make(template);
    this.dropDatabase = (url) => databases.drop(url);
    this.query = (text, url) => databases.query(text, url);
  }

  static async make(options: PrivatePostgresOptions): Promise<PrivatePostgres> {
    const programs = await findPostgresPrograms();
    const folder = mkdtempSync(join(tmpdir(), 'confab-postgres-'));
    try {
      const password = randomBytes(12).toString('hex');
      await initialise(programs, folder, password, options);
      for (let attempt = 1; ; attempt++) {
        const server = new PostgresServer(programs, folder, await freePort(), password);
        try {
          await server.start();
          await new PostgresDatabases(server.url.replace(/confab$/, 'postgres')).query('CREATE DATABASE confab');
          return server;
        } catch (error) {
          await server.#end('SIGQUIT');
          // Someone else may have taken the port meanwhile.
          if (attempt === startAttempts) throw error;
        }
      }
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async start(): Promise<void> {
    if (this.#process !== undefined) throw new Error('PostgreSQL runs already');
    const data = join(this.#folder, 'data');
    this.#process = await startServer(join(this.#programs, 'postgres'), ['-D', data, '-p', `${this.#port}`]);
  }

  async stop(how: 'fast' | 'immediate'): Promise<void> {
    this.resume();
    await this.#end(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
  }

  pause(): void {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('PostgreSQL does not run');
    // The parent first: from then on there are no new children.
    process.kill(pid, 'SIGSTOP');
    this.#paused = [pid, ...childrenOf(pid)];
    for (const each of this.#paused) signal(each, 'SIGSTOP');
  }

  resume(): void {
    for (const each of this.#paused.splice(0).reverse()) signal(each, 'SIGCONT');
  }

  async remove(): Promise<void> {
    await this.stop('immediate');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(how: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(how);
    await exit;
  }
}

async function initialise(
  programs: string,
  folder: string,
  password: string,
  options: PrivatePostgresOptions,
): Promise<void> {
  const account = postgresAccount();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) {
    for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  const data = join(folder, 'data');
  const parameters = ['-D', data, '-U', 'confab', '--pwfile', passwordFile, '--auth=scram-sha-256', '--no-sync'];
  // An order of texts that is not that of their bytes, as on most machines: what depends on it shows itself.
  parameters.push('--encoding=UTF8', '--no-locale', '--locale-provider=icu', '--icu-locale=en-US');
  await run(join(programs, 'initdb'), parameters, { cwd: folder, ...account });
  const settings = { ...baseSettings, fsync: options.fsync === false ? 'off' : 'on', ...options.settings };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  const configuration = join(data, 'postgresql.conf');
  writeFileSync(configuration, lines.join(''));
}

/** Resolves when it takes connections. */
async function startServer(command: string, parameters: readonly string[]): Promise<ChildProcess> {
  const account = postgresAccount();
  // Ended with us, even when we are killed; `setpriv` becomes the server, so that its pid is the server's.
  const tied = isInstalled('setpriv');
  const who = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : [];
  const child = tied
    ? spawn('setpriv', [...who, '--pdeathsig=QUIT', command, ...parameters], { stdio: ['ignore', 'ignore', 'pipe'] })
    : spawn(command, parameters, { stdio: ['ignore', 'ignore', 'pipe'], ...account });
  let said = '';
  const ready = Promise.withResolvers<void>();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-maxLogCharacters);
    if (said.includes('ready to accept connections')) ready.resolve();
  });
  child.on('error', (error) => ready.reject(error));
  child.on('exit', () => ready.reject(new Error(`PostgreSQL did not start:\n${said}`)));
  const limit = setTimeout(() => ready.reject(new Error(`PostgreSQL takes too long:\n${said}`)), startLimitMs);
  try {
    await ready.promise;
    return child;
  } catch (error) {
    child.kill('SIGQUIT');
    throw error;
  } finally {
    clearTimeout(limit);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // A connection's process may have ended by itself.
  }
}

/** Databases of its own on a server that others look after. */
function givenPostgres(url: string): Promise<PrivatePostgres> {
  const databases = new PostgresDatabases(url);
  const cannot = (what: string) => (): never => {
    throw new Error(
      `A server that was given cannot be ${what} by a test: unset CONFAB_TEST_POSTGRES_URL for this one.`,
    );
  };
  return databases.make().then((own) => ({
    url: own,
    ours: false,
    newDatabase: (template) => databases.make(template),
    dropDatabase: (database) => databases.drop(database),
    query: (text, database = own) => databases.query(text, database),
    stop: async () => cannot('stopped')(),
    start: async () => cannot('started')(),
    pause: cannot('paused'),
    resume: cannot('resumed'),
    remove: () => databases.dropAll(),
  }));
}
