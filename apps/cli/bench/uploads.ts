import { atMost, type Figure, median, percentile, told } from '../figures.ts';
import { postSteadily } from '../load/steady-posts.ts';
import { UploadLoad } from '../load/steady-uploads.ts';
import { TestBed } from '../load/test-bed.ts';

export interface UploadsOptions {
  runs: number;
  seconds: number;
  /** Messages a second. */
  rate: number;
  uploads: number;
  /** Of each upload, in KiB a second. */
  speed: number;
}

/** From send to acknowledgement of messages with nothing else, and while files go up, in turns. */
export async function uploads({ runs, seconds, rate, uploads: count, speed }: UploadsOptions): Promise<Figure[]> {
  const alone: number[] = [];
  const beside: number[] = [];
  const ratios: number[] = [];
  let taken = 0;
  await TestBed.with({ members: 8, roomy: true }, async ({ people, url }) => {
    const { room } = people;
    const tokens = people.members.map(({ token }) => token);
    const posts = { url, room, tokens, perSecond: rate, chars: 100 };
    const p99 = async () => percentile((await postSteadily({ ...posts, seconds })).ackMs, 0.99);
    await postSteadily({ ...posts, seconds: 2 });
    for (let run = 0; run < runs; run += 1) {
      alone.push(await p99());
      const load = await UploadLoad.start({
        ...{ url, room, count, token: people.owner.token },
        bytesPerSecond: speed * 1_024,
      });
      beside.push(await p99());
      taken += await load.stop();
      ratios.push((beside.at(-1) ?? 0) / (alone.at(-1) ?? 1));
    }
  });
  return [
    atMost('p99 while files go up, beside p99 without', median(ratios), 1.2),
    told('p99 without', median(alone), 'ms'),
    told('p99 while files go up', median(beside), 'ms'),
    told('files that go up at a time', count),
    told('taken of files', taken / 1024 ** 2 / (runs * seconds), 'MiB/s'),
    told('messages', rate, 'a second'),
  ];
}
