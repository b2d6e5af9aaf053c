import { atMost, type Figure, median, percentile, told } from '../figures.ts';
import { FileLoad, type SteadyFiles } from '../load/steady-files.ts';
import { postSteadily } from '../load/steady-posts.ts';
import { TestBed } from '../load/test-bed.ts';

export interface FilesOptions {
  runs: number;
  seconds: number;
  /** Messages a second. */
  rate: number;
  /** Files that go up, and then such that go down, at a time. */
  files: number;
  /** Of each of them, in KiB a second. */
  speed: number;
}

const ways = ['up', 'down'] as const;
const figures = () => ({ ms: [] as number[], ratios: [] as number[], bytes: 0 });

/** From send to acknowledgement of messages with nothing else, while files go up, and while files go down, in turns. */
export async function files({ runs, seconds, rate, files: count, speed }: FilesOptions): Promise<Figure[]> {
  const alone: number[] = [];
  const beside: Record<SteadyFiles['way'], ReturnType<typeof figures>> = { up: figures(), down: figures() };
  await TestBed.with({ members: 8, roomy: true }, async ({ people, url }) => {
    const { room } = people;
    const tokens = people.members.map(({ token }) => token);
    const posts = { url, room, tokens, perSecond: rate, chars: 100 };
    const p99 = async () => percentile((await postSteadily({ ...posts, seconds })).ackMs, 0.99);
    await postSteadily({ ...posts, seconds: 2 });
    for (let run = 0; run < runs; run += 1) {
      const without = await p99();
      alone.push(without);
      for (const way of ways) {
        const load = { way, url, room, count, token: people.owner.token, bytesPerSecond: speed * 1_024 };
        const running = await FileLoad.start(load);
        const ms = await p99();
        beside[way].bytes += await running.stop();
        beside[way].ms.push(ms);
        beside[way].ratios.push(ms / without);
      }
    }
  });
  return [
    ...ways.map((way) => atMost(`p99 while files go ${way}, beside p99 without`, median(beside[way].ratios), 1.2)),
    told('p99 without', median(alone), 'ms'),
    ...ways.flatMap((way) => [
      told(`p99 while files go ${way}`, median(beside[way].ms), 'ms'),
      told(`of files that go ${way}`, beside[way].bytes / 1024 ** 2 / (runs * seconds), 'MiB/s'),
    ]),
    told('files at a time', count),
    told('messages', rate, 'a second'),
  ];
}
