import type { ClientId } from '@confab/protocol';
import { atMost, type Figure, median, percentile, told } from '../figures.ts';
import { LoadConnection } from '../load/load-connection.ts';
import { TestBed } from '../load/test-bed.ts';
import { processorTime } from '../process/process-usage.ts';
import { Swarm } from '../swarm/swarm.ts';
import { openRival } from './rivals/open-rival.ts';
import { eventMessage, type Subject } from './subject.ts';

export interface FanOutOptions {
  sockets: number;
  runs: number;
  /** Publishes of one event, and publishes of ten at once, in a run. */
  singles: number;
  bursts: number;
}

/** Microseconds of processor time per delivery, and the 99th percentile from send to arrival. */
interface Cost {
  singleUs: number;
  burstUs: number;
  /** Of `singleUs`, what was not spent in the kernel: the part that a server's own code decides. */
  singleUserUs: number;
  p99Ms: number;
}

const burst = 10;
/** Longer than a publish takes to reach everyone, so that publishes do not melt together. */
const pauseMs = { single: 200, burst: 400 };

/** Bars 31 and 32: one publisher, many listeners, the processor time of the server's process alone. */
export async function fanOut({ sockets, runs, singles, bursts }: FanOutOptions): Promise<Figure[]> {
  const subjects = {
    confab: () => openConfab(sockets),
    socketIo: () => openRival('socket-io', sockets),
    bare: () => openRival('bare', sockets),
  };
  const costs: Record<keyof typeof subjects, Cost[]> = { confab: [], socketIo: [], bare: [] };
  for (let run = 0; run < runs; run += 1) {
    for (const [name, open] of Object.entries(subjects) as [keyof typeof subjects, () => Promise<Subject>][]) {
      const subject = await open();
      costs[name].push(await costOf(subject, sockets, singles, bursts));
      await subject.close();
    }
  }
  const middle = (name: keyof typeof subjects, figure: keyof Cost) => median(costs[name].map((cost) => cost[figure]));
  const ratio = (figure: keyof Cost, rival: 'socketIo' | 'bare') => middle('confab', figure) / middle(rival, figure);
  const inUs = (name: keyof typeof subjects, figure: keyof Cost) => middle(name, figure).toFixed(2);
  const absolute = (name: keyof typeof subjects) =>
    `${inUs(name, 'singleUs')} µs (${inUs(name, 'singleUserUs')}) / ${inUs(name, 'burstUs')} µs / ${middle(name, 'p99Ms').toFixed(0)} ms`;
  return [
    atMost('against Socket.IO, single events', ratio('singleUs', 'socketIo'), 0.6, '×'),
    atMost('against Socket.IO, bursts of ten', ratio('burstUs', 'socketIo'), 0.12, '×'),
    atMost('against a bare loop, single events', ratio('singleUs', 'bare'), 1.15, '×'),
    atMost('against a bare loop, bursts of ten', ratio('burstUs', 'bare'), 1.15, '×'),
    told('against Socket.IO, single events, without the kernel’s share', ratio('singleUserUs', 'socketIo'), '×'),
    told('Confab: single (without the kernel) / in bursts / p99 of arrival', absolute('confab')),
    told('Socket.IO', absolute('socketIo')),
    told('bare loop', absolute('bare')),
  ];
}

async function costOf(subject: Subject, sockets: number, singles: number, bursts: number): Promise<Cost> {
  await measure(subject, sockets, 5, 1, pauseMs.single);
  const single = await measure(subject, sockets, singles, 1, pauseMs.single);
  const bursting = await measure(subject, sockets, bursts, burst, pauseMs.burst);
  return { singleUs: single.us, burstUs: bursting.us, singleUserUs: single.userUs, p99Ms: single.p99Ms };
}

async function measure(subject: Subject, sockets: number, publishes: number, times: number, gapMs: number) {
  await subject.swarm.report();
  const before = processorTime(subject.pid);
  for (let index = 0; index < publishes; index += 1) {
    await subject.publish(times);
    // Never in step with the kernel's own clock, which decides whose time it is by looking at its ticks.
    await new Promise((resolve) => setTimeout(resolve, gapMs * (0.8 + Math.random() * 0.4)));
  }
  const expected = publishes * times * sockets;
  const report = await subject.swarm.reportUntil(({ deliveries }) => deliveries >= expected, 60_000);
  const after = processorTime(subject.pid);
  if (report.deliveries !== expected) throw new Error(`${report.deliveries} of ${expected} deliveries arrived.`);
  const perDelivery = (ms: number) => (ms * 1000) / expected;
  return {
    us: perDelivery(after.totalMs - before.totalMs),
    userUs: perDelivery(after.userMs - before.userMs),
    p99Ms: percentile(report.latenciesMs, 0.99),
  };
}

async function openConfab(sockets: number): Promise<Subject> {
  const opened = Promise.withResolvers<Subject>();
  const finished = Promise.withResolvers<void>();
  const bed = TestBed.with({ members: 8, roomy: true }, async ({ people, url, server }) => {
    const { room } = await people.owner.api.call('room.show', { room: people.room });
    const from = {
      log: `room:${people.room}`,
      level: 'live',
      epoch: room.position.epoch,
      after: room.position.seq,
    } as const;
    const tokens = people.members.map(({ token }) => token);
    const { swarm } = await Swarm.open({ url, count: sockets, tokens, room: from });
    const publisher = await LoadConnection.open(url, people.owner.token);
    let sent = 0;
    opened.resolve({
      pid: server.pid,
      swarm,
      publish: async (times) => {
        const posts = Array.from({ length: times }, () => {
          const clientId = `fan-out-${++sent}` as ClientId;
          return { room: people.room, clientId, text: eventMessage() };
        });
        await publisher.callTogether('message.post', posts);
      },
      close: async () => {
        publisher.destroy();
        await swarm.close();
        finished.resolve();
        await bed;
      },
    });
    await finished.promise;
  });
  bed.catch(opened.reject);
  return opened.promise;
}
