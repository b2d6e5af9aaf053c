import { startPostgres } from '@confab/testing/postgres';
import { startRedis } from '@confab/testing/redis';
import { type Figure, median, told } from '../figures.ts';
import { costOfFanOut, type FanOutCost } from './cluster-fan-out.ts';
import { type Crossing, crossing } from './cluster-latency.ts';
import { costOfSends, makeRooms, type SendCost } from './cluster-sends.ts';
import { type Backing, type SharedServers, withNodes } from './cluster-subject.ts';
import { diskSyncMs } from './disk-sync.ts';
import type { ProcessorShares } from './processor-shares.ts';

export interface ClusterOptions {
  runs: number;
  seconds: number;
  /** Sends that are unanswered at any time. */
  open: number;
  /** Over all nodes. */
  listeners: number;
}

interface Way {
  readonly backing: Backing;
  readonly nodes: number;
  /** How long a message takes to another node: also, or nothing else. */
  readonly crosses?: 'also' | 'only';
}

const ways: readonly Way[] = [
  { backing: 'SQLite', nodes: 1 },
  { backing: 'PostgreSQL', nodes: 1 },
  { backing: 'PostgreSQL', nodes: 2, crosses: 'only' },
  { backing: 'PostgreSQL and Redis', nodes: 1 },
  { backing: 'PostgreSQL and Redis', nodes: 2, crosses: 'also' },
  { backing: 'PostgreSQL and Redis', nodes: 3 },
];
const roomCount = 50;
const crossingRate = 200;

interface Measured {
  readonly crossed: Crossing | undefined;
  readonly work?: { readonly oneRoom: SendCost; readonly manyRooms: SendCost; readonly fanOut: FanOutCost };
}

/**
 * What further nodes give and cost. Everything runs on the same cores, so it is the processor time for each send and
 * delivery that carries over to other machines, not how many there are in a second.
 */
export async function cluster(options: ClusterOptions): Promise<Figure[]> {
  const all: Measured[][] = ways.map(() => []);
  const postgres = await startPostgres();
  try {
    const redis = await startRedis();
    try {
      for (let run = 0; run < options.runs; run += 1) {
        for (const [index, way] of ways.entries()) all[index]?.push(await measure({ postgres, redis }, way, options));
      }
    } finally {
      await redis.remove();
    }
  } finally {
    await postgres.remove();
  }
  return [
    ...ways.flatMap(({ backing, nodes }, index) =>
      figuresOf(`${backing}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`, all[index] ?? []),
    ),
    told('sends without an answer at any time', options.open),
    told('listeners, over all nodes', options.listeners),
    told('one page written and synced on the same disk', diskSyncMs(), 'ms'),
  ];
}

function measure(shared: SharedServers, way: Way, options: ClusterOptions): Promise<Measured> {
  return withNodes(shared, way.backing, way.nodes, async (subject) => {
    const crossed = way.crosses ? await crossing(subject, crossingRate, options.seconds) : undefined;
    if (way.crosses === 'only') return { crossed };
    const fanOut = await costOfFanOut(subject, options.listeners);
    const oneRoom = await costOfSends(subject, [subject.people.room], options);
    const manyRooms = await costOfSends(subject, await makeRooms(subject, roomCount), options);
    return { crossed, work: { oneRoom, manyRooms, fanOut } };
  });
}

function figuresOf(name: string, all: readonly Measured[]): Figure[] {
  const work = all.flatMap((one) => one.work ?? []);
  const crossed = all.flatMap((one) => one.crossed ?? []);
  const figures: Figure[] = [];
  if (work.length > 0) {
    figures.push(
      told(`${name}: into one room`, sendsOf(work.map(({ oneRoom }) => oneRoom))),
      told(`${name}: into ${roomCount} rooms`, sendsOf(work.map(({ manyRooms }) => manyRooms))),
      told(`${name}: fan-out`, fanOutOf(work.map(({ fanOut }) => fanOut))),
    );
  }
  if (crossed.length > 0) {
    const [p50, p99] = [median(crossed.map((one) => one.p50)), median(crossed.map((one) => one.p99))];
    const value = `${p50.toFixed(1)} / ${p99.toFixed(1)} ms at ${crossingRate}/s`;
    figures.push(told(`${name}: send → seen on the other, p50 / p99`, value));
  }
  return figures;
}

function sendsOf(all: readonly SendCost[]): string {
  const us = (who: keyof ProcessorShares) => median(all.map((cost) => cost.us[who])).toFixed(0);
  const perSecond = whole(median(all.map((cost) => cost.perSecond)));
  const refused = all.reduce((sum, cost) => sum + cost.refused, 0);
  const shares = `nodes ${us('nodes')}, PostgreSQL ${us('postgres')}, Redis ${us('redis')}, generator ${us('generator')} µs each`;
  return `${perSecond} sends/s; ${shares}${refused > 0 ? `; ${refused} refused and repeated` : ''}`;
}

function fanOutOf(all: readonly FanOutCost[]): string {
  const middle = (figure: (cost: FanOutCost) => number) => median(all.map(figure));
  const single = middle(({ singleUs }) => singleUs.nodes).toFixed(2);
  const burst = middle(({ burstUs }) => burstUs.nodes).toFixed(2);
  return `${whole(middle(({ perSecond }) => perSecond))} deliveries/s; nodes ${single} µs each, ${burst} µs in bursts`;
}

const whole = (value: number) => Number(value.toPrecision(3)).toLocaleString('en');
