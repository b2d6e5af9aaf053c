import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDebianPackages, isInstalled } from './debian.ts';
import { freePort } from './free-port.ts';

/** A Redis of one's own: a free port, a temporary folder, nothing kept. */
export interface PrivateRedis {
  /** With a password, unless the server was given. */
  readonly url: string;
  /** `false`: it was given by `CONFAB_TEST_REDIS_URL` and is not ours to stop, pause or flush. */
  readonly ours: boolean;
  /** Kills it, as a power cut would. */
  stop(): Promise<void>;
  /** Starts it again after `stop`, on the same port. */
  start(): Promise<void>;
  /** Lets its process stand still: connections stay, nothing is answered. */
  pause(): void;
  resume(): void;
  /** FLUSHALL. */
  flush(): Promise<void>;
  /** Runs a command in `redis-cli` and answers with what it prints. */
  command(...parameters: readonly string[]): Promise<string>;
  /** Ends it and removes all that it stored. */
  remove(): Promise<void>;
}

/** Three masters that share the slots, without replicas. */
export interface PrivateRedisCluster {
  /** Of one of them: the others are found through it. */
  readonly url: string;
  readonly nodes: readonly PrivateRedis[];
  /** Gives a slot that nobody has moved yet to another master, in the steps of the tools that do so. */
  moveSlot(slot: number): Promise<void>;
  remove(): Promise<void>;
}

/** A Redis that can be reached over TLS too. */
export interface PrivateRedisWithTls extends PrivateRedis {
  /** `rediss://` */
  readonly tlsUrl: string;
  /** Its certificate in PEM form, which nobody else has signed. */
  readonly certificate: string;
}

const run = promisify(execFile);
const packages = [
  { command: 'redis-server', package: 'redis-server' },
  { command: 'redis-cli', package: 'redis-tools' },
];
const startLimitMs = 20_000;
const saidCharacters = 4_000;
const startAttempts = 3;
const slots = 16_384;

/**
 * Starts a private Redis that ends with this process, or takes the one that `CONFAB_TEST_REDIS_URL` names.
 * @throws an `Error` that says what to install, or what the server said.
 */
export async function startRedis(): Promise<PrivateRedis> {
  const given = process.env.CONFAB_TEST_REDIS_URL;
  if (given !== undefined && given !== '') return givenRedis(given);
  await ensureDebianPackages(packages);
  return startedRedis(randomBytes(12).toString('hex'), async () => []);
}

/** Starts one that takes TLS on a further port. Never that of others. @throws as `startRedis`. */
export async function startRedisWithTls(): Promise<PrivateRedisWithTls> {
  await ensureDebianPackages([...packages, { command: 'openssl', package: 'openssl' }]);
  const password = randomBytes(12).toString('hex');
  const tlsPort = await freePort();
  let certificate = '';
  const server = await startedRedis(password, async (folder) => {
    const [chain, key] = [join(folder, 'chain.pem'), join(folder, 'key.pem')];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2'];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    await run('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', chain]);
    certificate = readFileSync(chain, 'utf8');
    const files = [`tls-cert-file ${chain}`, `tls-key-file ${key}`, `tls-ca-cert-file ${chain}`];
    return [`tls-port ${tlsPort}`, ...files, 'tls-auth-clients no'];
  });
  return Object.assign(server, { tlsUrl: `rediss://:${password}@127.0.0.1:${tlsPort}`, certificate });
}

/** Starts three private masters (about 3 s). Never those of others. @throws as `startRedis`. */
export async function startRedisCluster(): Promise<PrivateRedisCluster> {
  await ensureDebianPackages(packages);
  const password = randomBytes(12).toString('hex');
  const nodes: RedisServer[] = [];
  const remove = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.remove()));
  };
  try {
    for (let node = 0; node < 3; node++) {
      const ofCluster = async () => ['cluster-enabled yes', `cluster-port ${await freePort()}`];
      nodes.push(await startedRedis(password, ofCluster));
    }
    await joinUp(nodes);
  } catch (error) {
    await remove();
    throw error;
  }
  return { url: nodes[0]?.url ?? '', nodes, moveSlot: (slot) => moveSlot(nodes, slot), remove };
}

async function moveSlot(nodes: readonly RedisServer[], slot: number): Promise<void> {
  const from = Math.floor(slot / Math.ceil(slots / nodes.length));
  const to = (from + 1) % nodes.length;
  const ids = await Promise.all(nodes.map(async (node) => (await node.command('CLUSTER', 'MYID')).trim()));
  // Whoever has announced the move gets an epoch above all others with the slot: what is still on its way between the
  // nodes does not undo it.
  await nodes[to]?.command('CLUSTER', 'SETSLOT', `${slot}`, 'IMPORTING', ids[from] ?? '');
  const others = nodes.keys().filter((index) => index !== to && index !== from);
  for (const index of [to, ...others, from]) {
    await nodes[index]?.command('CLUSTER', 'SETSLOT', `${slot}`, 'NODE', ids[to] ?? '');
  }
}

async function joinUp(nodes: readonly RedisServer[]): Promise<void> {
  const [first] = nodes;
  const share = Math.ceil(slots / nodes.length);
  for (const [index, node] of nodes.entries()) {
    const last = Math.min(slots, (index + 1) * share) - 1;
    await node.command('CLUSTER', 'ADDSLOTSRANGE', `${index * share}`, `${last}`);
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`);
    const busPort = (await node.command('CONFIG', 'GET', 'cluster-port')).split('\n')[1] ?? '';
    if (node !== first) await first?.command('CLUSTER', 'MEET', '127.0.0.1', `${node.port}`, busPort.trim());
  }
  await until('The cluster does not come together', async () => {
    const states = await Promise.all(nodes.map((node) => node.command('CLUSTER', 'INFO')));
    return states.every((state) => state.includes('cluster_state:ok') && state.includes('cluster_size:3'));
  });
}

class RedisServer implements PrivateRedis {
  readonly url: string;
  readonly ours = true;
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;
  #said = '';

  constructor(folder: string, port: number, password: string) {
    this.url = `redis://:${password}@127.0.0.1:${port}`;
    this.port = port;
    this.#folder = folder;
  }

  async start(): Promise<void> {
    if (this.#process !== undefined) throw new Error('Redis runs already');
    const server = ['redis-server', join(this.#folder, 'redis.conf')] as const;
    // Ended with us, even when we are killed; `setpriv` becomes the server, so that its pid is the server's.
    const [command, ...parameters] = isInstalled('setpriv') ? ['setpriv', '--pdeathsig=KILL', ...server] : server;
    const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], cwd: this.#folder });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-saidCharacters);
      });
    }
    child.on('error', (error) => {
      this.#said += error.message;
    });
    try {
      await until('Redis does not answer', async () => {
        if (child.exitCode !== null) throw new Error(`Redis did not start:\n${this.#said}`);
        return (await this.command('PING')).includes('PONG');
      });
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  async flush(): Promise<void> {
    await this.command('FLUSHALL');
  }

  command(...parameters: readonly string[]): Promise<string> {
    return redisCli(this.url, parameters);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function startedRedis(
  password: string,
  more: (folder: string) => Promise<readonly string[]>,
): Promise<RedisServer> {
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), 'confab-redis-'));
    const port = await freePort();
    const settings = ['bind 127.0.0.1', `port ${port}`, `requirepass ${password}`, 'save ""', 'appendonly no'];
    settings.push(`dir ${folder}`, ...(await more(folder)));
    writeFileSync(join(folder, 'redis.conf'), `${settings.join('\n')}\n`, { mode: 0o600 });
    const server = new RedisServer(folder, port, password);
    try {
      await server.start();
      return server;
    } catch (error) {
      await server.remove();
      // Someone else may have taken the port meanwhile.
      if (attempt === startAttempts) throw error;
    }
  }
}

/** What it prints, be it an error. The password travels in its environment, where lists of processes do not show it. */
async function redisCli(url: string, command: readonly string[]): Promise<string> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const parameters = ['-h', hostname, '-p', port || '6379', ...(protocol === 'rediss:' ? ['--tls'] : [])];
  if (username !== '') parameters.push('--user', decodeURIComponent(username));
  const env = { ...process.env, ...(password === '' ? {} : { REDISCLI_AUTH: decodeURIComponent(password) }) };
  const { stdout } = await run('redis-cli', [...parameters, ...command], { env }).catch(
    (error: Error & { stderr?: string }) => ({ stdout: error.stderr ?? error.message }),
  );
  return stdout;
}

async function until(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + startLimitMs;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A server that others look after. */
function givenRedis(url: string): PrivateRedis {
  const cannot = (what: string) => (): never => {
    throw new Error(`A server that was given cannot be ${what} by a test: unset CONFAB_TEST_REDIS_URL for this one.`);
  };
  return {
    url,
    ours: false,
    stop: async () => cannot('stopped')(),
    start: async () => cannot('started')(),
    pause: cannot('paused'),
    resume: cannot('resumed'),
    flush: async () => cannot('flushed')(),
    command: async (...parameters) => {
      await ensureDebianPackages(packages);
      return redisCli(url, parameters);
    },
    remove: async () => {},
  };
}
