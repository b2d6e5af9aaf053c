import { type Confab, createConfab, MemoryOutbox, type Timeline } from '@confab/client';
import type { ClientId, RoomId } from '@confab/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { ClusterBed } from './cluster-bed.ts';

const people: Confab[] = [];
afterEach(async () => {
  await Promise.all(people.splice(0).map((person) => person.stop()));
});

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Someone who has the room open. */
async function looking(url: string, token: string, room: RoomId): Promise<Timeline> {
  const confab = createConfab({ url, token, clientName: 'test/1', outbox: new MemoryOutbox() });
  people.push(confab);
  const timeline = confab.rooms.timeline(room);
  confab.start();
  timeline.open();
  await until('the room shows', () => timeline.get().status === 'ready');
  return timeline;
}

const textsOf = (timeline: Timeline): string[] =>
  timeline.get().items.flatMap((item) => (item.kind === 'message' ? [item.message.text] : []));

/** What a fail-over to a standby does that lacked the room's last transactions: all of it is as it was before them. */
async function takeBack({ postgres, people: { room } }: ClusterBed, messages: number): Promise<void> {
  await postgres.query(
    `WITH target AS (SELECT head - ${messages} AS seq FROM logs WHERE id = 'room:${room}'),
       events AS (DELETE FROM events USING target WHERE log = 'room:${room}' AND events.seq > target.seq),
       gone AS (SELECT id FROM messages, target WHERE room_id = '${room}' AND messages.seq > target.seq),
       words AS (DELETE FROM search_words USING gone WHERE message_id = gone.id),
       messages AS (DELETE FROM messages USING gone WHERE messages.id = gone.id)
     UPDATE logs SET head = target.seq, count = count - ${messages} FROM target WHERE id = 'room:${room}'`,
  );
}

/** Two people on two nodes, who have seen five messages. */
async function withTwo(redis: boolean, use: (bed: ClusterBed, seen: Timeline[]) => Promise<void>): Promise<void> {
  await ClusterBed.with({ nodes: 2, members: 1, redis, roomy: true }, async (bed) => {
    const { owner, members, room } = bed.people;
    const tokens = [owner.token, members[0]?.token ?? ''];
    const seen = await Promise.all(bed.nodes.map(({ url }, index) => looking(url, tokens[index] ?? '', room)));
    await post(bed, ['1', '2', '3', '4', '5']);
    await everyoneSees(seen, ['1', '2', '3', '4', '5']);
    await use(bed, seen);
  });
}

async function post({ people: { owner, room } }: ClusterBed, texts: readonly string[]): Promise<void> {
  for (const text of texts) await owner.api.call('message.post', { room, text, clientId: `c-${text}` as ClientId });
}

async function everyoneSees(seen: readonly Timeline[], texts: readonly string[]): Promise<void> {
  const shown = () => JSON.stringify(seen.map(textsOf));
  await until(`everyone sees ${texts.join(', ')}`, () => shown() === JSON.stringify(seen.map(() => texts))).catch(
    (error: Error) => {
      throw new Error(`${error.message} They see ${shown()}.`);
    },
  );
}

async function epochs({ postgres, people: { room } }: ClusterBed): Promise<number[]> {
  const rows = await postgres.query<{ epoch: string }>(`SELECT epoch FROM logs WHERE id = 'room:${room}'`);
  return rows.map(({ epoch }) => Number(epoch));
}

/** Starting servers and processes is most of it. */
const timeoutMs = 120_000;

describe.each([
  ['PostgreSQL and Redis', true],
  ['PostgreSQL alone', false],
])('two nodes with %s, when the database goes back', (_, redis) => {
  it(
    '[L1] end with what is there, in one new epoch, and go on',
    () =>
      withTwo(redis, async (bed, seen) => {
        const [before] = await epochs(bed);
        await takeBack(bed, 2);
        await everyoneSees(seen, ['1', '2', '3']);
        const [epoch] = await epochs(bed);
        expect(epoch).toBeGreaterThan(before ?? 0);
        await post(bed, ['after']);
        await everyoneSees(seen, ['1', '2', '3', 'after']);
        expect(await epochs(bed)).toEqual([epoch]);
      }),
    timeoutMs,
  );

  it(
    'miss nothing of a room that is soon past where it was',
    () =>
      withTwo(redis, async (bed, seen) => {
        await takeBack(bed, 2);
        await post(bed, ['six', 'seven', 'eight', 'nine']);
        await everyoneSees(seen, ['1', '2', '3', 'six', 'seven', 'eight', 'nine']);
      }),
    timeoutMs,
  );
});
