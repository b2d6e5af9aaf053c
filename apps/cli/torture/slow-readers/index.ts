import { atLeast, atMost, type Figure, percentile, told } from '../../figures.ts';
import { postSteadily } from '../../load/steady-posts.ts';
import { TestBed } from '../../load/test-bed.ts';
import { Swarm } from '../../swarm/swarm.ts';

export interface SlowReadersOptions {
  readers: number;
  paused: number;
  seconds: number;
  perSecond: number;
  chars: number;
}

const bufferBound = 1024 * 1024;
/** What a p99 may differ by and count as unmoved: runs on a busy machine differ by as much among themselves. */
const unmoved = { ratio: 1.5, ms: 20 };

/** Bar 8: some readers of a busy room stop reading. The server's memory and the others must not feel it. */
export function run(options: SlowReadersOptions): Promise<Figure[]> {
  const { readers, paused, seconds, perSecond, chars } = options;
  return TestBed.with({ members: 16, roomy: true }, async (bed) => {
    const { people, url } = bed;
    const { room } = await people.owner.api.call('room.show', { room: people.room });
    const from = { log: `room:${people.room}`, level: 'live', epoch: 1, after: room.position.seq } as const;
    const tokens = people.members.map(({ token }) => token);
    const { swarm } = await Swarm.open({ url, count: readers, tokens, room: from });
    const posts = { people, url, perSecond, seconds, chars, senders: 16 };
    const phase = async () => {
      let largest = 0;
      let lagging = 0;
      const watch = setInterval(async () => {
        largest = Math.max(largest, await bed.metric('confab_max_bytes_queued'));
        lagging = Math.max(lagging, await bed.metric('confab_lagging'));
      }, 200);
      const { head } = await postSteadily(posts);
      const report = await swarm.reportUntil(({ lowestReading }) => lowestReading >= head, 20_000);
      clearInterval(watch);
      return { report, head, largest, lagging, p99: percentile(report.latenciesMs, 0.99) };
    };

    await phase();
    const before = await phase();
    await swarm.pause(paused);
    const during = await phase();
    await swarm.resume();
    const startedMs = performance.now();
    const caughtUp = await swarm.reportUntil(({ lowest }) => lowest >= during.head, 60_000);
    const caughtUpMs = performance.now() - startedMs;
    await swarm.close();
    const reports = [before.report, during.report, caughtUp];
    const total = (pick: (report: (typeof reports)[number]) => number) =>
      reports.reduce((sum, report) => sum + pick(report), 0);
    return [
      told('others, p99 without paused readers', before.p99, 'ms'),
      atMost('others, p99 with them', during.p99, before.p99 * unmoved.ratio + unmoved.ms, 'ms'),
      atLeast('paused readers that were lagging', during.lagging, paused),
      atMost('most bytes buffered for one of them', during.largest, bufferBound),
      atMost('events that the paused still lack', Math.max(0, during.head - caughtUp.lowest), 0),
      told('caught up after', caughtUpMs / 1000, 's'),
      atMost(
        'gaps',
        total(({ gaps }) => gaps),
        0,
      ),
      atMost(
        'doubled',
        total(({ doubles }) => doubles),
        0,
      ),
      atMost(
        'errors',
        total(({ errors }) => errors.length),
        0,
      ),
      ...Object.entries(caughtUp.ended).map(([code, count]) => told(`ended with ${code}`, count)),
    ];
  });
}
