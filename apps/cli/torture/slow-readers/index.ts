import type { ClientId, RoomId } from '@confab/protocol';
import { atLeast, atMost, type Figure, median, percentile, told } from '../../figures.ts';
import { patiently } from '../../load/population.ts';
import { postSteadily } from '../../load/steady-posts.ts';
import { TestBed } from '../../load/test-bed.ts';
import { Swarm } from '../../swarm/swarm.ts';

export interface SlowReadersOptions {
  readers: number;
  paused: number;
  /** How many stretches with paused readers are compared with as many without, by their medians; how long each is. */
  stretches: number;
  seconds: number;
  perSecond: number;
}

const bufferBound = 1024 * 1024;
/** What a p99 may differ by and count as unmoved: runs on a busy machine differ by as much among themselves. */
const unmoved = { ratio: 1.5, ms: 20 };
/** The kernel takes several megabytes for a reader that stopped before the server has to hold anything. */
const flood = { messages: 2_000, chars: 10_000, atOnce: 20 };

/** Bar 8: some readers of a busy room stop reading. The server's memory and the others must not feel it. */
export function run({ readers, paused, stretches, seconds, perSecond }: SlowReadersOptions): Promise<Figure[]> {
  return TestBed.with({ members: 16, roomy: true }, async (bed) => {
    const { people, url } = bed;
    const flooded = await makeRoom(bed);
    const tokens = people.members.map(({ token }) => token);
    const { position } = (await people.owner.api.call('room.show', { room: people.room })).room;
    const from = { log: `room:${people.room}`, level: 'live', epoch: position.epoch, after: position.seq } as const;
    const { swarm: others } = await Swarm.open({ url, tokens, count: readers - paused, room: from });
    // They hear of a second room too, through which their buffers are filled without the others having any part in it.
    const room = { ...from, also: `room:${flooded}` };
    const { swarm: slow } = await Swarm.open({ url, tokens, count: paused, room });

    const posts = { url, room: people.room, tokens, perSecond, seconds, chars: 200 };
    const stretch = async () => {
      const { head } = await postSteadily(posts);
      const report = await others.reportUntil(({ lowest }) => lowest >= head, 20_000);
      return { report, head, p99: percentile(report.latenciesMs, 0.99) };
    };
    const watch = watchQueues(bed);
    await stretch();
    const before = await severalTimes(stretches, stretch);
    await slow.pause(paused);
    await fill(bed, flooded, paused);
    const during = await severalTimes(stretches, stretch);
    const head = Math.max(...during.map((each) => each.head));
    watch.stop();
    await slow.resume();
    const startedMs = performance.now();
    const caughtUp = await slow.reportUntil(({ lowest }) => lowest >= head, 60_000);
    const caughtUpMs = performance.now() - startedMs;
    await Promise.all([others.close(), slow.close()]);

    const reports = [...before, ...during].map(({ report }) => report).concat(caughtUp);
    const [p99Before, p99During] = [before, during].map((some) => median(some.map(({ p99 }) => p99))) as [
      number,
      number,
    ];
    const total = (figure: 'gaps' | 'doubles') => reports.reduce((sum, report) => sum + report[figure], 0);
    return [
      told('others, p99 without paused readers', p99Before, 'ms'),
      atMost('others, p99 with them', p99During, p99Before * unmoved.ratio + unmoved.ms, 'ms'),
      atLeast('paused readers that were lagging', watch.most.lagging, paused),
      atMost('most bytes buffered for one of them', watch.most.bytes, bufferBound),
      atMost(
        'stretches in which others missed something',
        during.filter((each) => each.report.lowest < each.head).length,
        0,
      ),
      atMost('events that the paused still lack', Math.max(0, head - caughtUp.lowest), 0),
      told('caught up after', caughtUpMs / 1000, 's'),
      atMost('gaps', total('gaps'), 0),
      atMost('doubled', total('doubles'), 0),
      atMost('errors', reports.flatMap(({ errors }) => errors).length, 0),
      ...Object.entries(caughtUp.ended).map(([code, count]) => told(`paused that were ended with ${code}`, count)),
    ];
  });
}

async function severalTimes<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < times; index += 1) results.push(await work());
  return results;
}

async function makeRoom({ people }: TestBed): Promise<RoomId> {
  const params = { space: people.space, name: 'flood', visibility: 'public' } as const;
  return (await people.owner.api.call('room.create', params)).room.info.id;
}

/** Posts long messages until the server holds all of the paused readers for lagging. */
async function fill(bed: TestBed, room: RoomId, paused: number): Promise<void> {
  const { api } = bed.people.owner;
  const text = 'x'.repeat(flood.chars);
  for (let index = 0; index < flood.messages; index += flood.atOnce) {
    const posts = Array.from({ length: flood.atOnce }, (_, offset) => {
      const clientId = `flood-${index + offset}` as ClientId;
      return patiently(() => api.call('message.post', { room, clientId, text }));
    });
    await Promise.all(posts);
    if ((await bed.metric('confab_lagging')) >= paused) return;
  }
}

/** Looks at the server's queues five times a second and keeps the most it saw. */
function watchQueues(bed: TestBed): { most: { bytes: number; lagging: number }; stop(): void } {
  const most = { bytes: 0, lagging: 0 };
  const look = async () => {
    most.bytes = Math.max(most.bytes, await bed.metric('confab_max_bytes_queued'));
    most.lagging = Math.max(most.lagging, await bed.metric('confab_lagging'));
  };
  const timer = setInterval(() => void look(), 200);
  return { most, stop: () => clearInterval(timer) };
}
