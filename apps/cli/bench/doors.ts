import { randomUUID } from 'node:crypto';
import type { DoorClient, DoorKind } from '../doors/door-client.ts';
import { doors as kinds } from '../doors/doors.ts';
import { type Figure, median, told } from '../figures.ts';
import { patiently } from '../load/population.ts';
import { TestBed } from '../load/test-bed.ts';
import { processorTime } from '../process/process-usage.ts';

export interface DoorsOptions {
  clients: number;
  messages: number;
  runs: number;
}

interface Cost {
  readonly memoryKb: number;
  readonly deliveryMicros: number;
}

const betweenMs = 50;
/** Some take seconds to find their door. */
const atOnce = 20;
const patienceMs = 60_000;

/** What a client of each door costs the server: memory while it is idle, processor time for each message that it is told. */
export async function doors({ clients, messages, runs }: DoorsOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of kinds) {
    const costs: Cost[] = [];
    for (let run = 0; run < runs; run += 1) costs.push(await costOf(kind, clients, messages));
    figures.push(
      told(`${kind.name}: memory of an idle client`, median(costs.map(({ memoryKb }) => memoryKb)), 'KB'),
      told(
        `${kind.name}: processor time per delivery`,
        median(costs.map(({ deliveryMicros }) => deliveryMicros)),
        'µs',
      ),
    );
  }
  return [...figures, told('clients of each kind', clients)];
}

function costOf(kind: DoorKind, clients: number, messages: number): Promise<Cost> {
  return TestBed.with({ members: 4, roomy: true }, async (bed) => {
    const { people, server } = bed;
    const { room, owner, members } = people;
    const connect = (index: number) => kind.connect(bed.target(members[index % members.length]?.token ?? '', room));
    // The first ones load what all share.
    const first = await Promise.all([connect(0), connect(1)]);
    const before = await server.memory();
    const connected: DoorClient[] = [];
    for (let index = 0; index < clients; index += atOnce) {
      const group = Array.from({ length: Math.min(atOnce, clients - index) }, (_, each) => connect(index + each));
      connected.push(...(await Promise.all(group)));
    }
    const after = await server.memory();
    const startMs = processorTime(server.pid).totalMs;
    for (let count = 0; count < messages; count += 1) {
      const params = { room, text: 'x'.repeat(120), clientId: randomUUID() as never };
      await patiently(() => owner.api.call('message.post', params));
      await pause(betweenMs);
    }
    const deadlineMs = performance.now() + patienceMs;
    while (connected.some(({ seen }) => seen.length < messages)) {
      if (performance.now() > deadlineMs) throw new Error(`${kind.name}: not everyone saw every message.`);
      await pause(20);
    }
    const spentMs = processorTime(server.pid).totalMs - startMs;
    await Promise.all([...first, ...connected].map((client) => client.close()));
    return {
      memoryKb: (after.rss - before.rss) / clients / 1024,
      deliveryMicros: (spentMs * 1_000) / (clients + first.length) / messages,
    };
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
