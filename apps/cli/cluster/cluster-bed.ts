import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { type PrivateRedis, startRedis } from '@confab/testing/redis';
import type { DoorTarget } from '../doors/door-client.ts';
import { type Population, populate } from '../load/population.ts';
import type { ServerOptions } from '../process/server-process.ts';
import { ClusterNode } from './cluster-node.ts';
import { Turnstile } from './turnstile.ts';

export interface ClusterBedOptions {
  readonly nodes: number;
  readonly members: number;
  /** `false`: nodes find each other's events through PostgreSQL alone. */
  readonly redis?: boolean;
  /** Rate limits out of the way. */
  readonly roomy?: boolean;
  readonly entry?: ServerOptions['entry'];
  /** Further environment variables of one node. */
  readonly envOf?: (index: number) => Readonly<Record<string, string>>;
}

/** The very first start of a `whole` one builds the web app. */
const firstStartMs = 180_000;

/** Several nodes on a PostgreSQL and a Redis of their own, with people in a room. Leaves nothing behind. */
export class ClusterBed {
  readonly postgres: PrivatePostgres;
  /** `undefined` without one. */
  readonly redis: PrivateRedis | undefined;
  /** Between the nodes and Redis, to be shut. */
  readonly wayToRedis: Turnstile | undefined;
  readonly nodes: readonly ClusterNode[];
  /** Before all nodes, for clients that do not care which. */
  readonly front: Turnstile;
  readonly people: Population;
  readonly #mqttFront: Turnstile;

  private constructor(parts: Parts, people: Population) {
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.wayToRedis = parts.wayToRedis;
    this.nodes = parts.nodes;
    this.front = parts.front;
    this.#mqttFront = parts.mqttFront;
    this.people = people;
  }

  /** Where a client of any door goes that does not care for the node. */
  target(token: string, room: string): DoorTarget {
    return { url: this.front.url, token, room, mqttPort: this.#mqttFront.port };
  }

  static async with<T>(options: ClusterBedOptions, use: (bed: ClusterBed) => Promise<T>): Promise<T> {
    const undo: (() => Promise<void>)[] = [];
    try {
      const parts = await laid(options, undo);
      const people = await populate(parts.nodes[0]?.url ?? '', options.members);
      undo.push(async () => people.owner.api.close());
      return await use(new ClusterBed(parts, people)).catch((error: unknown) => {
        throw new Error(`It failed. ${saidBy(parts.nodes)}`, { cause: error });
      });
    } finally {
      for (const step of undo.reverse()) await step();
    }
  }
}

/** What the nodes printed last, for whoever wonders why a test of theirs failed. */
function saidBy(nodes: readonly ClusterNode[]): string {
  return nodes.map(({ index, said }) => `Node ${index} said:\n${said.slice(-4_000)}`).join('\n');
}

interface Parts {
  readonly postgres: PrivatePostgres;
  readonly redis: PrivateRedis | undefined;
  readonly wayToRedis: Turnstile | undefined;
  readonly nodes: readonly ClusterNode[];
  readonly front: Turnstile;
  readonly mqttFront: Turnstile;
}

/** Each part leaves behind how it is taken away again, so that a start that fails halfway leaves nothing. */
async function laid(options: ClusterBedOptions, undo: (() => Promise<void>)[]): Promise<Parts> {
  const kept = <Part>(part: Part, remove: (part: Part) => Promise<void>): Part => {
    undo.push(() => remove(part));
    return part;
  };
  const { redis: wantsRedis = true, roomy = false, entry = 'measured', envOf = () => ({}) } = options;
  const postgres = kept(await startPostgres(), (each) => each.remove());
  const redis = wantsRedis ? kept(await startRedis(), (each) => each.remove()) : undefined;
  const wayToRedis = redis
    ? kept(await Turnstile.before([Number(new URL(redis.url).port)]), (each) => each.close())
    : undefined;
  const env = {
    CONFAB_DATABASE_URL: postgres.url,
    ...(redis && wayToRedis ? { CONFAB_REDIS_URL: throughPort(redis.url, wayToRedis.port) } : {}),
    ...(roomy ? { CONFAB_TEST_ROOMY: '1' } : {}),
  };
  const nodes: ClusterNode[] = [];
  for (let index = 0; index < options.nodes; index += 1) {
    const node = await ClusterNode.start(index, entry, { ...env, ...envOf(index) });
    nodes.push(kept(node, (each) => each.remove()));
  }
  for (const node of nodes) await node.ready(firstStartMs);
  const before = async (ports: readonly number[]) => kept(await Turnstile.before(ports), (each) => each.close());
  const front = await before(nodes.map(({ port }) => port));
  const mqttFront = await before(nodes.map(({ mqttPort }) => mqttPort));
  return { postgres, redis, wayToRedis, nodes, front, mqttFront };
}

function throughPort(url: string, port: number): string {
  const through = new URL(url);
  through.port = `${port}`;
  return through.href;
}
