import { atMost, type Figure, median, told } from '../figures.ts';
import { TestBed } from '../load/test-bed.ts';
import { Swarm } from '../swarm/swarm.ts';

export interface MemoryOptions {
  connections: number;
  runs: number;
}

/** Bar 35: what an idle signed-in connection keeps of the server's memory, after garbage was collected. */
export async function memory({ connections, runs }: MemoryOptions): Promise<Figure[]> {
  const resident: number[] = [];
  const objects: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await TestBed.with({ members: 8, roomy: true }, async ({ people, url, server }) => {
      const tokens = people.members.map(({ token }) => token);
      // The first connections make what all share: code, pools, pages of the heap.
      const first = await Swarm.open({ url, count: 500, tokens });
      await first.swarm.close();
      const before = await server.memory();
      const { swarm } = await Swarm.open({ url, count: connections, tokens });
      const after = await server.memory();
      resident.push((after.rss - before.rss) / connections / 1024);
      objects.push((after.heapUsed + after.external - before.heapUsed - before.external) / connections / 1024);
      await swarm.close();
    });
  }
  return [
    atMost('resident memory per connection', median(resident), 10, 'KB'),
    told('of it JavaScript and buffers', median(objects), 'KB'),
    told('connections', connections),
  ];
}
