import { atMost, type Figure, median, percentile, told } from '../figures.ts';
import { postSteadily } from '../load/steady-posts.ts';
import { TestBed } from '../load/test-bed.ts';
import { diskSyncMs } from './disk-sync.ts';

export interface LatencyOptions {
  runs: number;
  seconds: number;
  rate: number;
}

/** Bar 34: from send to durable acknowledgement at a steady rate that does not wait for slow answers. */
export async function latency({ runs, seconds, rate }: LatencyOptions): Promise<Figure[]> {
  const results: { p50: number; p99: number }[] = [];
  await TestBed.with({ members: 8, roomy: true }, async ({ people, url }) => {
    const tokens = people.members.map(({ token }) => token);
    const posts = { url, room: people.room, tokens, perSecond: rate, chars: 100 };
    await postSteadily({ ...posts, seconds: 2 });
    for (let run = 0; run < runs; run += 1) {
      const { ackMs } = await postSteadily({ ...posts, seconds });
      results.push({ p50: percentile(ackMs, 0.5), p99: percentile(ackMs, 0.99) });
    }
  });
  return [
    atMost('p50', median(results.map(({ p50 }) => p50)), 10, 'ms'),
    atMost('p99', median(results.map(({ p99 }) => p99)), 50, 'ms'),
    told('rate', rate, 'sends/s'),
    told('one page written and synced on the same disk', diskSyncMs(), 'ms'),
  ];
}
