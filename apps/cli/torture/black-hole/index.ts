import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import { Recorder } from '../../history/recorder.ts';
import type { Population } from '../../load/population.ts';
import { SdkClient } from '../../load/sdk-client.ts';
import { TestBed } from '../../load/test-bed.ts';
import { LossyNetwork } from './lossy-network.ts';
import { StreamingClient } from './streaming-client.ts';

export interface BlackHoleOptions {
  clients: number;
  /** Half of them, unless told: those whose packets get lost. */
  lost: number;
}

/** Within which both sides have to know. Measured for twice as long, so that a failure says by how much. */
const noticedSeconds = 60;
const metricsToken = 'figures for the run';

type Client = SdkClient | StreamingClient;
const kinds = ['SDK over WebSocket', 'SDK over an HTTP stream', 'plain HTTP stream'] as const;
type Kind = (typeof kinds)[number];
/** Of ten clients so many are of each kind. */
const mix: readonly Kind[] = [...Array<Kind>(6).fill(kinds[0]), ...Array<Kind>(2).fill(kinds[1]), kinds[2], kinds[2]];

interface Placed {
  readonly kind: Kind;
  readonly client: Client;
  noticedMs: number | undefined;
}

/** Bar 7: the network swallows some of the clients' packets, in both directions and without a word. */
export async function run({ clients, lost }: BlackHoleOptions): Promise<Figure[]> {
  const network = await LossyNetwork.make();
  try {
    const [host = ''] = network.addresses;
    const env = { CONFAB_HOST: '0.0.0.0', CONFAB_METRICS_TOKEN: metricsToken };
    const place = { host, command: network.command };
    return await TestBed.with({ members: 20, roomy: true, env, place }, (bed) => lose(bed, network, clients, lost));
  } finally {
    await network.remove();
  }
}

async function lose(bed: TestBed, network: LossyNetwork, count: number, lostCount: number): Promise<Figure[]> {
  const recorder = new Recorder();
  const addresses = network.addresses;
  const port = new URL(bed.url).port;
  const sound = addresses.slice(0, addresses.length / 2);
  const doomed = addresses.slice(sound.length);
  const place = (index: number): Placed => {
    const among = index < lostCount ? doomed : sound;
    return placed(bed.people, recorder, `http://${among[index % among.length]}:${port}`, index);
  };
  const all = Array.from({ length: count }, (_, index) => place(index));
  await Promise.all(all.map(({ client }) => client.start()));
  const gone = all.slice(0, lostCount);
  const stopTalking = talkOn(all.filter(({ client }) => client instanceof SdkClient));
  // A room may be there before the connection that is to tell of it.
  await until(60_000, async () => (await connectionsOf(bed.url)) === count);

  await network.swallow(doomed);
  const lostAtMs = performance.now();
  const serverMs = await notice(bed, gone, count - lostCount, lostAtMs);
  const stranded = all.slice(lostCount).filter(({ client }) => !client.isOnline).length;
  await network.heal();
  const healedAtMs = performance.now();
  await until(120_000, () => all.every(({ client }) => client.isOnline));
  const backMs = performance.now() - healedAtMs;
  stopTalking();
  await until(60_000, () => all.every(({ client }) => client.waiting === 0));
  await settle(all, bed.people, recorder);
  for (const { client } of all) client.stop();
  return [
    atLeast('clients', count, count),
    atLeast('of them in the black hole', lostCount, lostCount),
    ...kinds.map((kind) => noticed(`${kind}: the last to notice`, gone, kind)),
    atMost('the server noticed the last', serverMs / 1000, noticedSeconds, 's'),
    atMost('others cut off', stranded, 0),
    told('all back after it healed', backMs / 1000, 's'),
    ...historyFigures(recorder.records),
  ];
}

function placed({ members, room }: Population, recorder: Recorder, url: string, index: number): Placed {
  const kind = mix[index % mix.length] ?? 'plain HTTP stream';
  const { token = '' } = members[index % members.length] ?? {};
  const options = { url, token, name: `client-${index}`, room, recorder };
  const client =
    kind === 'plain HTTP stream'
      ? new StreamingClient(options)
      : new SdkClient(options, kind === 'SDK over WebSocket' ? 'websocket' : 'http-stream');
  return { kind, client, noticedMs: undefined };
}

/** Now this one says something, now that one: also those who are cut off, and whose words wait. */
function talkOn(all: readonly Placed[]): () => void {
  const timer = setInterval(() => {
    const { client } = all[Math.floor(Math.random() * all.length)] ?? {};
    if (client instanceof SdkClient && client.waiting < 2) client.post('Is anybody there?');
  }, 1_000);
  return () => clearInterval(timer);
}

/** Waits until both sides know; milliseconds that the server took. */
async function notice(bed: TestBed, gone: readonly Placed[], left: number, sinceMs: number): Promise<number> {
  let serverMs = Number.POSITIVE_INFINITY;
  await until(noticedSeconds * 2_000, async () => {
    for (const each of gone) if (!each.client.isOnline) each.noticedMs ??= performance.now() - sinceMs;
    if (!Number.isFinite(serverMs) && (await connectionsOf(bed.url)) <= left) serverMs = performance.now() - sinceMs;
    return Number.isFinite(serverMs) && gone.every(({ noticedMs }) => noticedMs !== undefined);
  });
  return serverMs;
}

function noticed(name: string, gone: readonly Placed[], kind: Kind): Figure {
  const times = gone.filter((each) => each.kind === kind).map(({ noticedMs = Number.POSITIVE_INFINITY }) => noticedMs);
  return atMost(name, Math.max(0, ...times) / 1000, noticedSeconds, 's');
}

async function connectionsOf(url: string): Promise<number> {
  const headers = { authorization: `Bearer ${metricsToken}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^confab_connections (\d+)$/m.exec(text)?.[1]);
}

async function settle(all: readonly Placed[], people: Population, recorder: Recorder): Promise<void> {
  const events = await readFinalLog(people.owner.api, people.room, recorder);
  const head = events.at(-1)?.seq ?? 0;
  await until(60_000, () => all.every(({ client }) => client.last >= head));
  for (const { client } of all) recorder.settled(client.name, `room:${people.room}`, head);
}

async function until(limitMs: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await holds()) && performance.now() < deadlineMs) await new Promise((done) => setTimeout(done, 100));
}
