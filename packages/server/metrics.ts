import type { EngineStats } from '@confab/engine';
import type { ClusterStats } from './cluster/join-cluster.ts';
import type { HealthParts } from './http/health-routes.ts';

/** What each figure means; the compiler wants a row for every one that the engine counts. */
const rows: { readonly [Name in keyof EngineStats]: { kind: 'gauge' | 'counter'; help: string } } = {
  connections: { kind: 'gauge', help: 'Open connections.' },
  sessions: { kind: 'gauge', help: 'Connections that said hello.' },
  lagging: { kind: 'gauge', help: 'Connections that do not keep up and read the log instead.' },
  authenticationsWaiting: { kind: 'gauge', help: 'Connections that wait to be authenticated.' },
  listenedLogs: { kind: 'gauge', help: 'Logs that this node follows.' },
  listeners: { kind: 'gauge', help: 'Pairs of a connection and a log that it listens to.' },
  bytesQueued: { kind: 'gauge', help: 'Bytes written but not yet taken by the network.' },
  maxBytesQueued: { kind: 'gauge', help: 'The most of those on any one connection.' },
  hotWindowBytes: { kind: 'gauge', help: 'Bytes of recent events kept in memory.' },
  eventsFannedOut: { kind: 'counter', help: 'Logged events told to listeners.' },
  deliveries: { kind: 'counter', help: 'Frames put into connections’ outboxes.' },
  ephemeralsDropped: { kind: 'counter', help: 'Ephemeral events that slow connections did not get.' },
  revocations: { kind: 'counter', help: 'Rights that were taken away.' },
};

/** The same for what a node among others counts. */
const clusterRows: { readonly [Name in keyof ClusterStats]: { name: string; help: string } } = {
  nodes: { name: 'confab_nodes', help: 'Living nodes of the instance as this one knows them, itself among them.' },
  forwarding: { name: 'confab_forwarding', help: 'Requests and upgrades that this node passes on to others now.' },
  forwarded: { name: 'confab_forwarded_total', help: 'Those that it has passed on.' },
};

/** The node's and the process's figures in Prometheus' text form. The library is loaded when first asked for. */
export async function metricsText({ engine, readiness, cluster }: HealthParts): Promise<string> {
  const { Registry, Gauge } = await import('prom-client');
  const registry = new Registry();
  const stats = engine.stats();
  for (const name of Object.keys(rows) as (keyof EngineStats)[]) {
    const { kind, help } = rows[name];
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    // Counted elsewhere and shown here: a gauge holds a number as it is given, whatever it is called.
    new Gauge({ name: `confab_${snake}${kind === 'counter' ? '_total' : ''}`, help, registers: [registry] }).set(
      stats[name],
    );
  }
  const clusterStats = cluster?.();
  for (const name of Object.keys(clusterStats ?? {}) as (keyof ClusterStats)[]) {
    new Gauge({ ...clusterRows[name], registers: [registry] }).set(clusterStats?.[name] ?? 0);
  }
  const { bus, database } = readiness();
  const reach = [
    ['confab_bus_connected', 'Whether events reach other nodes at once.', bus === 'connected'],
    ['confab_database_reachable', 'Whether something was stored not long ago.', database === 'reachable'],
  ] as const;
  for (const [name, help, holds] of reach) new Gauge({ name, help, registers: [registry] }).set(holds ? 1 : 0);
  const memory = process.memoryUsage();
  new Gauge({ name: 'confab_resident_bytes', help: 'Memory of the process.', registers: [registry] }).set(memory.rss);
  new Gauge({ name: 'confab_heap_bytes', help: 'JavaScript heap in use.', registers: [registry] }).set(memory.heapUsed);
  return registry.metrics();
}
