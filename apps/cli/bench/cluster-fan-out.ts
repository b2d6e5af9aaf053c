import type { ClientId } from '@confab/protocol';
import { LoadConnection } from '../load/load-connection.ts';
import { Swarm } from '../swarm/swarm.ts';
import { perUnit } from './cluster-sends.ts';
import type { ClusterSubject } from './cluster-subject.ts';
import { type ProcessorShares, shareSince } from './processor-shares.ts';
import { eventMessage } from './subject.ts';

export interface FanOutCost {
  /** Microseconds of processor time for each delivery, of events that come one by one and ten at a time. */
  readonly singleUs: ProcessorShares;
  readonly burstUs: ProcessorShares;
  /** Over all nodes, ten events at a time as fast as they are acknowledged. */
  readonly perSecond: number;
}

const singles = 25;
const pauseMs = 60;
const rounds = 2;
/** Of ten events each; a round stays below what a slow reader may leave unread. */
const burstsInRound = 20;
const burst = 10;
const patienceMs = 30_000;
let runs = 0;

/** One publisher at the first node; listeners in the same room, spread over all. */
export async function costOfFanOut(subject: ClusterSubject, listeners: number): Promise<FanOutCost> {
  const hall = await openHall(subject, listeners);
  const measured = async (work: () => Promise<number>) => {
    const before = await subject.processorTime();
    const startedMs = performance.now();
    const deliveries = await work();
    const tookMs = performance.now() - startedMs;
    const spent = shareSince(before, await subject.processorTime());
    return { us: perUnit(spent, deliveries), perSecond: (deliveries * 1_000) / tookMs };
  };
  const burstRounds = async (count: number) => {
    let deliveries = 0;
    for (let round = 0; round < count; round += 1) {
      for (let index = 0; index < burstsInRound; index += 1) await hall.publish(burst);
      deliveries += await hall.heard(burstsInRound * burst);
    }
    return deliveries;
  };
  await burstRounds(1);
  const single = await measured(async () => {
    for (let index = 0; index < singles; index += 1) {
      await hall.publish(1);
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.8 + Math.random() * 0.4)));
    }
    return hall.heard(singles);
  });
  const bursts = await measured(() => burstRounds(rounds));
  await hall.close();
  return { singleUs: single.us, burstUs: bursts.us, perSecond: bursts.perSecond };
}

interface Hall {
  publish(times: number): Promise<unknown>;
  /** Deliveries, when all have heard `events` more. */
  heard(events: number): Promise<number>;
  close(): Promise<void>;
}

async function openHall({ urls, people }: ClusterSubject, listeners: number): Promise<Hall> {
  const { room } = await people.owner.api.call('room.show', { room: people.room });
  const { epoch, seq } = room.position;
  const from = { log: `room:${people.room}`, level: 'live', epoch, after: seq } as const;
  const tokens = people.members.map(({ token }) => token);
  const each = Math.floor(listeners / urls.length);
  const opened = await Promise.all(urls.map((url) => Swarm.open({ url, count: each, tokens, room: from })));
  const swarms = opened.map(({ swarm }) => swarm);
  const publisher = await LoadConnection.open(urls[0] ?? '', people.owner.token);
  const run = ++runs;
  let sent = 0;
  return {
    publish: (times) => {
      const posts = Array.from({ length: times }, () => {
        return { room: people.room, clientId: `fan-${run}-${++sent}` as ClientId, text: eventMessage() };
      });
      return publisher.callTogether('message.post', posts);
    },
    heard: async (events) => {
      const expected = events * each;
      const reports = await Promise.all(
        swarms.map((swarm) => swarm.reportUntil(({ deliveries }) => deliveries >= expected, patienceMs)),
      );
      const deliveries = reports.reduce((sum, report) => sum + report.deliveries, 0);
      const all = expected * swarms.length;
      if (deliveries !== all) throw new Error(`${deliveries} of ${all} deliveries arrived.`);
      return deliveries;
    },
    close: async () => {
      publisher.destroy();
      await Promise.all(swarms.map((swarm) => swarm.close()));
    },
  };
}
