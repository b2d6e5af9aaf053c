import { ClusterBed } from '../../cluster/cluster-bed.ts';
import type { ClusterNode } from '../../cluster/cluster-node.ts';
import { ClusterTraffic } from '../../cluster/cluster-traffic.ts';
import { trustedCertificate } from '../../deploy/certificate.ts';
import { haproxy, nginx, type ProxyKind } from '../../deploy/proxy-kinds.ts';
import { atLeast, atMost, type Figure, percentile, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { sentBetween, TimedRecorder } from '../../history/timed-recorder.ts';
import { openFront } from './front.ts';

export interface RollingRestartOptions {
  clients: number;
  perSecond: number;
  rooms: number;
  /** 1: behind nginx, 2: behind HAProxy, 0: behind one and then the other. */
  proxy: number;
  /** Seconds before, between and after the restarts. */
  quiet: number;
}

const nodes = 3;
/** Between a node's word that it is leaving and its goodbye: HAProxy asks every 2 s. */
const drainDelaySeconds = 3;
const drainedSeconds = 30;
const gapSeconds = 5;

/** Bar 10: one node after the other is restarted, as for a new version, while everyone goes on. */
export async function run({ proxy, ...options }: RollingRestartOptions): Promise<Figure[]> {
  const kinds = [nginx, haproxy].filter((_, index) => proxy === 0 || proxy === index + 1);
  const figures: Figure[] = [];
  for (const kind of kinds) {
    const env = { CONFAB_TRUST_PROXY: 'true', CONFAB_DRAIN_DELAY: `${drainDelaySeconds}` };
    const bedOptions = { nodes, members: 1, roomy: true, envOf: () => env };
    figures.push(told(`behind ${kind.name}`, ''));
    figures.push(...(await ClusterBed.with(bedOptions, (bed) => restartAll(bed, kind, options))));
  }
  return figures;
}

async function restartAll(
  bed: ClusterBed,
  kind: ProxyKind,
  { clients, perSecond, rooms, quiet }: Omit<RollingRestartOptions, 'proxy'>,
): Promise<Figure[]> {
  const certificate = await trustedCertificate();
  const front = await openFront(kind, certificate, bed.nodes);
  try {
    const recorder = new TimedRecorder();
    const through = { url: front.url, perRoom: Math.ceil(clients / rooms) };
    const traffic = await ClusterTraffic.open(bed, recorder, { rooms, perSecond, through });
    const startedMs = performance.now();
    await pause(quiet);
    const firstMs = performance.now();
    const drainMs: number[] = [];
    for (const node of bed.nodes) {
      drainMs.push(await restart(node));
      await pause(quiet);
    }
    await traffic.finish();
    const before = sentBetween(recorder.deliveries, startedMs, firstMs);
    const restarting = sentBetween(recorder.deliveries, firstMs, Number.POSITIVE_INFINITY);
    return [
      atLeast('clients', traffic.clients.length, clients),
      told(
        'connections made',
        traffic.clients.reduce((sum, client) => sum + client.connections, 0),
      ),
      // Who turns those away that are told to come back makes them try for ever.
      atMost('attempts to come back that failed', sum(traffic, 'failures'), traffic.clients.length),
      atMost('sends that failed for good', refused(recorder) + sum(traffic, 'waiting'), 0),
      atMost('until a node had said goodbye to all, the slowest', Math.max(...drainMs) / 1_000, drainedSeconds, 's'),
      told('send to delivery before, p99', percentile(before, 0.99), 'ms'),
      told('send to delivery from then on, p99', percentile(restarting, 0.99), 'ms'),
      atMost('worst gap of any client', Math.max(0, ...lateOnes(restarting)) / 1_000, gapSeconds, 's'),
      ...historyFigures(recorder.records),
    ];
  } finally {
    await front.remove();
    await certificate.remove();
  }
}

/** Milliseconds until it had ended in order. */
async function restart(node: ClusterNode): Promise<number> {
  const drainMs = await node.end('SIGTERM');
  await node.again();
  return drainMs - drainDelaySeconds * 1_000;
}

const sum = ({ clients }: ClusterTraffic, what: 'connections' | 'failures' | 'waiting'): number =>
  clients.reduce((total, client) => total + client[what], 0);

const refused = ({ records }: TimedRecorder): number => records.filter(({ kind }) => kind === 'refused').length;

/** Few enough to be looked at one by one. */
const lateOnes = (tookMs: readonly number[]): number[] => [...tookMs].sort((a, b) => b - a).slice(0, 10);

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1_000));
