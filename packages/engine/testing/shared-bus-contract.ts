import { describe, expect, it, vi } from 'vitest';
import type { Bus, BusMessage } from '../bus.ts';
import { testLog, testUser } from './test-engine.ts';

const log = testLog(1);
const waitMs = 10_000;

/** Two nodes of one instance, whose buses are connected. `close` ends both. */
export interface TwoBuses {
  readonly here: Bus;
  readonly there: Bus;
  readonly close: () => Promise<void>;
}

export interface SharedBusTraits {
  readonly open: () => Promise<TwoBuses>;
  /** Resolves when what is followed by now would arrive. */
  readonly settle: (buses: TwoBuses) => Promise<void>;
  /** What others get in place of an event: the event, or the head of its log. */
  readonly events: 'carried' | 'as heads';
}

/** An event of `testLog(number)` whose frame is of `chars` characters. */
export function testEvent(seq: number, { number = 1, chars = 20 } = {}): BusMessage {
  const json = JSON.stringify({ pad: 'ö'.repeat(Math.max(0, chars - 10)) });
  const event = { log: testLog(number), epoch: 1, seq, count: seq, notice: false, redacts: false, json };
  return { kind: 'event', event };
}

/** The same as its log's head. */
export function testHead(seq: number, number = 1): BusMessage {
  return { kind: 'head', log: testLog(number), head: { epoch: 1, seq, count: seq } };
}

export function heardBy(bus: Bus): BusMessage[] {
  const heard: BusMessage[] = [];
  bus.subscribe((message) => heard.push(message));
  return heard;
}

/** What every bus between nodes does when all is well. */
export function describeSharedBus(name: string, { open, settle, events }: SharedBusTraits): void {
  const carried = (seq: number, number = 1): BusMessage =>
    events === 'carried' ? testEvent(seq, { number }) : testHead(seq, number);

  async function withTwo(test: (buses: TwoBuses) => Promise<void>): Promise<void> {
    const buses = await open();
    try {
      await test(buses);
    } finally {
      await buses.close();
    }
  }

  const followedBy = async (buses: TwoBuses, ...topics: readonly string[]): Promise<BusMessage[]> => {
    for (const topic of topics) buses.there.follow(topic);
    await settle(buses);
    return heardBy(buses.there);
  };

  describe(`${name} as a bus between nodes`, () => {
    it('says that it is connected', () =>
      withTwo(async ({ here, there }) => {
        expect([here.connected, there.connected]).toEqual([true, true]);
      }));

    it('brings messages of a followed topic to another node, and none of others', () =>
      withTwo(async (buses) => {
        const heard = await followedBy(buses, testLog(1), testLog(3));
        for (const number of [1, 2, 3]) buses.here.publish(testEvent(1, { number }));
        await vi.waitFor(() => expect(heard).toHaveLength(2), waitMs);
        expect(heard).toEqual(expect.arrayContaining([carried(1, 1), carried(1, 3)]));
      }));

    it('brings nothing of a topic that is followed no more', () =>
      withTwo(async (buses) => {
        const heard = await followedBy(buses, testLog(1), testLog(2));
        buses.here.publish(testEvent(1));
        await vi.waitFor(() => expect(heard).toEqual([carried(1)]), waitMs);
        buses.there.unfollow(testLog(1));
        buses.here.publish(testEvent(2));
        buses.here.publish(testEvent(1, { number: 2 }));
        await vi.waitFor(() => expect(heard).toEqual([carried(1), carried(1, 2)]), waitMs);
      }));

    it('counts nothing: who follows twice and unfollows once follows no more', () =>
      withTwo(async (buses) => {
        const heard = await followedBy(buses, testLog(1), testLog(1), testLog(2));
        buses.there.unfollow(testLog(1));
        buses.here.publish(testEvent(1));
        buses.here.publish(testEvent(1, { number: 2 }));
        await vi.waitFor(() => expect(heard).toEqual([carried(1, 2)]), waitMs);
      }));

    it('brings what is about no topic to every node', () =>
      withTwo(async (buses) => {
        const heard = heardBy(buses.there);
        const messages: BusMessage[] = [
          { kind: 'revocation', revocation: { id: 'r', kind: 'log', user: testUser(1), log } },
          { kind: 'node', node: 'here', state: 'up', told: 0 },
          {
            kind: 'presence',
            node: 'here',
            told: 1,
            people: [{ user: testUser(1), state: 'online', lastSeenAt: null }],
            whole: { part: 0, of: 1 },
          },
        ];
        for (const message of messages) buses.here.publish(message);
        await vi.waitFor(() => expect(heard).toEqual(messages), waitMs);
      }));

    it('brings ephemerals whole', () =>
      withTwo(async (buses) => {
        const heard = await followedBy(buses, log);
        const message: BusMessage = {
          kind: 'ephemeral',
          ephemeral: { topic: log, key: 'k', json: '{"text":"\\u0000ö\\n"}', except: [testUser(1)] },
        };
        buses.here.publish(message);
        await vi.waitFor(() => expect(heard).toEqual([message]), waitMs);
      }));

    it('delivers at once where it is published, once, and brings it back from no other node', () =>
      withTwo(async (buses) => {
        buses.here.follow(log);
        const heard = await followedBy(buses, log);
        const own = heardBy(buses.here);
        buses.here.publish(testEvent(1));
        expect(own).toEqual([testEvent(1)]);
        await vi.waitFor(() => expect(heard).toEqual([carried(1)]), waitMs);
        buses.there.publish(testEvent(2));
        await vi.waitFor(() => expect(own).toEqual([testEvent(1), carried(2)]), waitMs);
      }));

    it('keeps the order of a topic in batches', () =>
      withTwo(async (buses) => {
        const heard = await followedBy(buses, log);
        const sent = Array.from({ length: 300 }, (_, index) => index + 1);
        for (const seq of sent) buses.here.publish(testEvent(seq, { chars: 5_000 }));
        const seqs = () => heard.map((message) => (message.kind === 'event' ? message.event.seq : headSeq(message)));
        await vi.waitFor(() => expect(seqs().at(-1)).toBe(300), waitMs);
        if (events === 'carried') expect(seqs()).toEqual(sent);
        else expect(seqs()).toEqual(seqs().toSorted((one, other) => one - other));
      }));

    it('tells of an event that is too large by its log’s head, and drops what else is too large', () =>
      withTwo(async (buses) => {
        const heard = await followedBy(buses, log);
        const json = JSON.stringify('x'.repeat(400_000));
        buses.here.publish({ kind: 'ephemeral', ephemeral: { topic: log, key: 'large', json } });
        buses.here.publish(testEvent(1, { chars: 400_000 }));
        buses.here.publish(testEvent(2));
        await vi.waitFor(() => expect(heard.at(-1)).toEqual(carried(2)), waitMs);
        const all = events === 'carried' ? [testHead(1), carried(2)] : [carried(2)];
        expect(heard).toEqual(all);
      }));

    it('still sends what was published just before it was closed, and handles nothing afterwards', () =>
      withTwo(async (buses) => {
        const heard = heardBy(buses.there);
        const own = heardBy(buses.here);
        const leaving: BusMessage = { kind: 'node', node: 'here', state: 'leaving', told: 0 };
        buses.here.publish(leaving);
        await buses.here.close();
        await vi.waitFor(() => expect(heard).toEqual([leaving]), waitMs);
        buses.here.publish(testEvent(1));
        buses.there.publish({ ...leaving, node: 'there' });
        await vi.waitFor(() => expect(heard).toHaveLength(2), waitMs);
        expect(own).toEqual([leaving]);
        expect(buses.here.connected).toBe(false);
      }));
  });
}

function headSeq(message: BusMessage): number {
  return message.kind === 'head' ? message.head.seq : -1;
}
