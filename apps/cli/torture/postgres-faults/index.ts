import { ClusterBed } from '../../cluster/cluster-bed.ts';
import { ClusterTraffic, nodeOfClient } from '../../cluster/cluster-traffic.ts';
import { type Fault, type FaultTime, suffer } from '../../cluster/fault.ts';
import { atLeast, atMost, type Figure, median, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { sentBetween, TimedRecorder } from '../../history/timed-recorder.ts';

export interface PostgresFaultsOptions {
  nodes: number;
  rooms: number;
  perSecond: number;
  /** Seconds that it stands still. */
  paused: number;
  /** Seconds before and after each fault. */
  quiet: number;
  /** 0: without Redis. */
  redis: number;
}

/** Within which each node has to store again. */
const backSeconds = 10;

/** Bar 6: PostgreSQL crashes, stands still, and is restarted, while every node writes. */
export function run({ nodes, redis, ...options }: PostgresFaultsOptions): Promise<Figure[]> {
  return ClusterBed.with({ nodes, members: 1, redis: redis === 1, roomy: true }, async (bed) => {
    const recorder = new TimedRecorder();
    const traffic = await ClusterTraffic.open(bed, recorder, options);
    const times = await suffer(faultsOf(bed, options.paused * 1_000), Math.max(options.quiet, 1) * 1_000);
    await traffic.finish();
    return [
      told('nodes', nodes),
      atLeast('messages', recorder.sends, 1),
      told(
        'send to acknowledgement before, median',
        median(sentBetween(recorder.acks, 0, times[0]?.fromMs ?? 0)),
        'ms',
      ),
      ...times.flatMap((time) => backFigures(time, bed.nodes.length, recorder)),
      ...historyFigures(recorder.records),
    ];
  });
}

function faultsOf({ postgres }: ClusterBed, pausedMs: number): Fault[] {
  const start = () => postgres.start();
  return [
    { name: 'crashed', begin: () => postgres.stop('immediate'), lastsMs: 3_000, end: start },
    { name: 'stood still', begin: () => postgres.pause(), lastsMs: pausedMs, end: () => postgres.resume() },
    { name: 'restarted', begin: () => postgres.stop('fast'), lastsMs: 0, end: start },
  ];
}

function backFigures({ name, fromMs, toMs }: FaultTime, nodes: number, { acks }: TimedRecorder): Figure[] {
  const stored = acks.map(({ client, sentMs, tookMs }) => ({ node: nodeOfClient(client), atMs: sentMs + tookMs }));
  const firstMs = Array.from({ length: nodes }, (_, node) =>
    Math.min(...stored.filter((each) => each.node === node && each.atMs >= toMs).map(({ atMs }) => atMs - toMs)),
  );
  return [
    told(`${name}: away for`, (toMs - fromMs) / 1_000, 's'),
    atMost('  the last node stored again after', Math.max(...firstMs) / 1_000, backSeconds, 's'),
  ];
}
