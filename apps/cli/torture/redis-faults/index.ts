import { ClusterBed } from '../../cluster/cluster-bed.ts';
import { ClusterTraffic } from '../../cluster/cluster-traffic.ts';
import { type Fault, type FaultTime, suffer } from '../../cluster/fault.ts';
import { atLeast, atMost, type Figure, percentile, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { sentBetween, TimedRecorder } from '../../history/timed-recorder.ts';

export interface RedisFaultsOptions {
  nodes: number;
  rooms: number;
  perSecond: number;
  /** Seconds that it stands still, and that the network between it and the nodes is cut. */
  paused: number;
  /** Seconds before and after each fault: more than the 5 s after which it has to be as before. */
  quiet: number;
}

const awayMs = 5_000;
const soonMs = 1_000;
/** From the end of a fault until it is as before. */
const recoveryMs = 5_000;

/** Bar 5: Redis is killed, stands still, cannot be reached, and forgets everything, while messages go across nodes. */
export function run({ nodes, ...options }: RedisFaultsOptions): Promise<Figure[]> {
  return ClusterBed.with({ nodes, members: 1, roomy: true }, async (bed) => {
    const recorder = new TimedRecorder();
    const traffic = await ClusterTraffic.open(bed, recorder, options);
    const startedMs = performance.now();
    const times = await suffer(faultsOf(bed, options.paused * 1_000), options.quiet * 1_000);
    const endedMs = performance.now();
    await traffic.finish();
    const before = sentBetween(recorder.deliveries, startedMs, times[0]?.fromMs ?? endedMs);
    return [
      told('nodes', nodes),
      told('rooms', options.rooms),
      atLeast('messages', recorder.sends, 1),
      atMost('send to delivery with Redis, p99', percentile(before, 0.99), soonMs, 'ms'),
      ...times.flatMap((time, index) => faultFigures(time, times[index + 1]?.fromMs ?? endedMs, recorder)),
      ...historyFigures(recorder.records),
    ];
  });
}

function faultsOf({ redis, wayToRedis }: ClusterBed, pausedMs: number): Fault[] {
  if (!redis || !wayToRedis) throw new Error('This is about a cluster with Redis.');
  return [
    { name: 'killed', begin: () => redis.stop(), lastsMs: Math.min(10_000, pausedMs), end: () => redis.start() },
    { name: 'stood still', begin: () => redis.pause(), lastsMs: pausedMs, end: () => redis.resume() },
    { name: 'cut off', begin: () => wayToRedis.shut(), lastsMs: pausedMs, end: () => wayToRedis.open() },
    { name: 'flushed', begin: () => redis.flush(), lastsMs: 0, end: () => undefined },
  ];
}

function faultFigures(
  { name, fromMs, toMs }: FaultTime,
  untilMs: number,
  { acks, deliveries }: TimedRecorder,
): Figure[] {
  const during = sentBetween(deliveries, fromMs, toMs);
  const after = sentBetween(deliveries, toMs + recoveryMs, untilMs);
  return [
    told(`${name}: away for`, (toMs - fromMs) / 1_000, 's'),
    told('  send to delivery meanwhile, median', percentile(during, 0.5), 'ms'),
    told('  send to acknowledgement meanwhile, the slowest', Math.max(0, ...sentBetween(acks, fromMs, toMs)), 'ms'),
    atMost('  send to delivery meanwhile, the slowest', Math.max(0, ...during), awayMs, 'ms'),
    atMost('  send to delivery from 5 s after on, p99', percentile(after, 0.99), soonMs, 'ms'),
    atLeast('  of so many', after.length, 1),
  ];
}
