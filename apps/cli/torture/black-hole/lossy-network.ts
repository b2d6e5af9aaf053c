import { execFile, execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { ensureDebianPackages } from '@confab/testing/debian';

const run = promisify(execFile);

/** Addresses that the server has, each reached from another address of this machine. */
const lanes = 4;
/** Of RFC 2544, for benchmarks: nobody's network at home. */
const nearSide = '198.18';
const farSide = '198.19';

/**
 * A server's network and the way to it: two network namespaces, the server's own and a router's before it, in which
 * packets of some of the server's addresses can be dropped without a word, in both directions. Needs root and Linux.
 */
export class LossyNetwork {
  readonly #name: string;
  readonly #third: number;
  readonly #removeAtExit = () => this.#removeNow();

  private constructor(name: string, third: number) {
    this.#name = name;
    this.#third = third;
  }

  /** @throws an `Error` that says what is missing. */
  static async make(): Promise<LossyNetwork> {
    if (process.getuid?.() !== 0) throw new Error('Only root may make network namespaces: run this as root.');
    await ensureDebianPackages([
      { command: 'ip', package: 'iproute2' },
      { command: 'nft', package: 'nftables' },
    ]);
    const third = randomInt(1, 255);
    const network = new LossyNetwork(`cfb${process.pid}x${third}`, third);
    process.once('exit', network.#removeAtExit);
    try {
      await network.#lay();
    } catch (error) {
      await network.remove();
      throw error;
    }
    return network;
  }

  /** The addresses under which the server is reached. */
  get addresses(): string[] {
    return lane((index) => this.#far(index));
  }

  /** What starts a program beside the server. */
  get command(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#server];
  }

  /** From now on what goes to or comes from these addresses of the server gets lost. */
  async swallow(addresses: readonly string[]): Promise<void> {
    const set = `{ ${addresses.join(', ')} }`;
    const rules = `table inet hole { chain forward { type filter hook forward priority 0;
      ip daddr ${set} drop; ip saddr ${set} drop; }; }`;
    await this.#inRouter('nft', rules);
  }

  async heal(): Promise<void> {
    await this.#inRouter('nft', 'delete table inet hole');
  }

  /** Removes everything that was made; programs in it have to have ended. */
  async remove(): Promise<void> {
    process.off('exit', this.#removeAtExit);
    this.#removeNow();
  }

  get #server(): string {
    return `${this.#name}s`;
  }

  get #router(): string {
    return `${this.#name}r`;
  }

  #near(index: number): string {
    return `${nearSide}.${this.#third}.${index}`;
  }

  #far(index: number): string {
    return `${farSide}.${this.#third}.${index}`;
  }

  #inRouter(command: string, argument: string): Promise<unknown> {
    return run('ip', ['netns', 'exec', this.#router, command, argument]);
  }

  async #lay(): Promise<void> {
    const [server, router, host] = [this.#server, this.#router, `${this.#name}h`];
    const steps = [
      `netns add ${server}`,
      `netns add ${router}`,
      `link add ${host} type veth peer name host netns ${router}`,
      `-n ${router} link add server type veth peer name router netns ${server}`,
      ...lane((index) => `addr add ${this.#near(index)}/24 dev ${host}`),
      ...lane((index) => `-n ${server} addr add ${this.#far(index)}/24 dev router`),
      `-n ${router} addr add ${this.#near(254)}/24 dev host`,
      `-n ${router} addr add ${this.#far(254)}/24 dev server`,
      `link set ${host} up`,
      ...['lo', 'host', 'server'].map((device) => `-n ${router} link set ${device} up`),
      ...['lo', 'router'].map((device) => `-n ${server} link set ${device} up`),
      `-n ${server} route add default via ${this.#far(254)}`,
      ...lane((index) => `route add ${this.#far(index)}/32 via ${this.#near(254)} src ${this.#near(index)}`),
    ];
    for (const step of steps) await run('ip', step.split(' '));
    await run('ip', ['netns', 'exec', router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  }

  /** The wire first: its routes go with it at once, whereas a namespace is taken apart some time later. */
  #removeNow(): void {
    for (const step of [`link del ${this.#name}h`, `netns del ${this.#server}`, `netns del ${this.#router}`]) {
      try {
        execFileSync('ip', step.split(' '), { stdio: 'ignore' });
      } catch {
        // It was not made.
      }
    }
  }
}

const lane = <T>(make: (index: number) => T): T[] => Array.from({ length: lanes }, (_, index) => make(index + 1));
