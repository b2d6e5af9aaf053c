import { ClusterBed } from '../../cluster/cluster-bed.ts';
import type { ClusterNode } from '../../cluster/cluster-node.ts';
import { ClusterTraffic, nodeOfClient } from '../../cluster/cluster-traffic.ts';
import { doors } from '../../doors/doors.ts';
import { atLeast, atMost, type Figure, median, percentile, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import { TimedRecorder, type Timing } from '../../history/timed-recorder.ts';
import { HttpApi } from '../../load/http-api.ts';
import { PostingClient } from '../../load/posting-client.ts';
import { SdkClient } from '../../load/sdk-client.ts';
import { lost, postedIn, settle as settleSurvivors, wrong } from '../doors/held-against-log.ts';
import { Survivor } from '../doors/survivor.ts';

export interface ClusterKillOptions {
  nodes: number;
  kills: number;
  messages: number;
  /** 1: also a client of every door and gateway, each of which posts so many messages as there are kills. */
  doors: number;
  /** 0: without Redis. */
  redis: number;
}

const roamers = 3;
/** What a node's own clients are given to be back after it is. */
const comebackMs = 2_000;

interface Outage {
  readonly node: number;
  readonly fromMs: number;
  toMs: number;
}

/** Bar 2: kill -9 of a random node, again and again, while messages go in over every door of all of them. */
export function run(options: ClusterKillOptions): Promise<Figure[]> {
  const members = 1 + roamers * 2 + doors.length;
  return ClusterBed.with({ nodes: options.nodes, members, redis: options.redis === 1, roomy: true }, (bed) =>
    torment(bed, options),
  );
}

async function torment(bed: ClusterBed, { kills, messages, doors: withDoors }: ClusterKillOptions): Promise<Figure[]> {
  const recorder = new TimedRecorder();
  const perSecond = Math.max(20, Math.ceil(messages / (kills * 2)));
  const traffic = await ClusterTraffic.open(bed, recorder, { rooms: 4, perSecond });
  const roaming = await Roaming.start(bed, recorder);
  const survivors = withDoors === 1 ? await startSurvivors(bed) : [];
  const outages: Outage[] = [];
  const readyMs: number[] = [];
  const enough = () => readyMs.length >= kills && recorder.sends >= messages;
  const talk = Promise.all([roaming.talk(enough), ...survivors.map((each) => each.postAll(kills))]);
  while (readyMs.length < kills) {
    await pause(100 + Math.random() * 400);
    const node = bed.nodes[Math.floor(Math.random() * bed.nodes.length)];
    if (node) readyMs.push(await strike(node, outages));
  }
  while (!enough()) await pause(50);
  await talk;
  await traffic.finish();
  await roaming.finish();
  const posted = await postedIn(bed.people.owner.api, bed.people.room);
  await settleSurvivors(survivors, posted.at(-1)?.seq ?? 0);
  for (const survivor of survivors) await survivor.close();
  const others = recorder.acks.filter((timing) => !wasOut(timing, outages)).map(({ tookMs }) => tookMs);
  return [
    atLeast('kill -9 of a node', readyMs.length, kills),
    told('ready again, median', median(readyMs), 'ms'),
    told('ready again, slowest', Math.max(...readyMs), 'ms'),
    atLeast('messages', recorder.sends, messages),
    told('send to acknowledgement at the others, median', median(others), 'ms'),
    atMost('send to acknowledgement at the others, p99', percentile(others, 0.99), 1_000, 'ms'),
    ...survivorFigures(survivors, posted),
    ...historyFigures(recorder.records),
  ];
}

async function strike(node: ClusterNode, outages: Outage[]): Promise<number> {
  const outage: Outage = { node: node.index, fromMs: performance.now(), toMs: Number.POSITIVE_INFINITY };
  outages.push(outage);
  await node.end('SIGKILL');
  const readyMs = await node.again();
  outage.toMs = performance.now() + comebackMs;
  return readyMs;
}

/** Whether a send waited for a node that was dead, or whose clients were just coming back. */
function wasOut({ client, sentMs, tookMs }: Timing, outages: readonly Outage[]): boolean {
  const node = nodeOfClient(client);
  // Those that care for no node may have been at any.
  return node < 0 || outages.some((each) => each.node === node && sentMs < each.toMs && sentMs + tookMs > each.fromMs);
}

/** Clients of the SDK and of plain HTTP that take whichever node answers. */
class Roaming {
  readonly #bed: ClusterBed;
  readonly #recorder: TimedRecorder;
  readonly #room: string;
  readonly #sdk: readonly SdkClient[];
  readonly #posting: readonly PostingClient[];

  private constructor(bed: ClusterBed, recorder: TimedRecorder, room: Awaited<ReturnType<typeof roomFor>>) {
    this.#bed = bed;
    this.#recorder = recorder;
    this.#room = room;
    const { url } = bed.front;
    const api = new HttpApi(url);
    const people = bed.people.members.slice(1, 1 + roamers * 2);
    this.#sdk = people.slice(0, roamers).map(({ token, handle }) => {
      return new SdkClient({ url, token, name: handle, room, recorder });
    });
    this.#posting = people.slice(roamers).map(({ token, handle }) => {
      return new PostingClient({ api: api.as(token), name: handle, room, recorder });
    });
  }

  static async start(bed: ClusterBed, recorder: TimedRecorder): Promise<Roaming> {
    const roaming = new Roaming(bed, recorder, await roomFor(bed));
    await Promise.all(roaming.#sdk.map((client) => client.start()));
    return roaming;
  }

  async talk(enough: () => boolean): Promise<void> {
    const overSockets = async () => {
      while (!enough()) {
        for (const client of this.#sdk) if (client.waiting < 8) client.post('Wherever I am.');
        await pause(Math.random() * 160);
      }
    };
    const overHttp = this.#posting.map(async (client) => {
      while (!enough()) {
        await client.post('Whoever answers.');
        await pause(Math.random() * 160);
      }
    });
    await Promise.all([overSockets(), ...overHttp]);
  }

  async finish(): Promise<void> {
    const deadlineMs = performance.now() + 60_000;
    while (this.#sdk.some(({ waiting }) => waiting > 0) && performance.now() < deadlineMs) await pause(20);
    const { api } = this.#bed.people.owner;
    const events = await readFinalLog(api, this.#room as never, this.#recorder);
    const head = events.at(-1)?.seq ?? 0;
    while (this.#sdk.some(({ last }) => last < head) && performance.now() < deadlineMs) await pause(20);
    for (const client of this.#sdk) this.#recorder.settled(client.name, `room:${this.#room}`, head);
    for (const client of this.#sdk) client.stop();
  }
}

async function roomFor({ people }: ClusterBed) {
  const { room } = await people.owner.api.call('room.create', {
    space: people.space,
    name: 'roaming',
    visibility: 'public',
  });
  for (const { api } of people.members) await api.call('room.join', { room: room.info.id });
  return room.info.id;
}

async function startSurvivors(bed: ClusterBed): Promise<Survivor[]> {
  const people = bed.people.members.slice(1 + roamers * 2);
  const survivors = doors.map((door, index) => {
    return new Survivor(door, bed.target(people[index]?.token ?? '', bed.people.room));
  });
  await Promise.all(survivors.map((survivor) => survivor.connect()));
  return survivors;
}

function survivorFigures(survivors: readonly Survivor[], posted: Awaited<ReturnType<typeof postedIn>>): Figure[] {
  if (survivors.length === 0) return [];
  const seeing = survivors.filter(({ door }) => door.afterAbsence === 'none');
  return [
    told('doors and gateways besides', survivors.length),
    told('messages of theirs', posted.length),
    atMost('  acknowledged and not in the log', lost(survivors, posted), 0),
    atMost('  stored twice', posted.length - new Set(posted.map(({ clientId }) => clientId)).size, 0),
    ...seeing.map(({ door, seen }) =>
      atMost(`  ${door.name}: missing, doubled or out of order`, wrong(seen, posted), 0),
    ),
  ];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
