import type { ClientId } from '@confab/protocol';
import { percentile } from '../figures.ts';
import { isLogged, LoadConnection } from '../load/load-connection.ts';
import type { ClusterSubject } from './cluster-subject.ts';

/** Milliseconds from the send at one node until a listener at another has the message. */
export interface Crossing {
  readonly p50: number;
  readonly p99: number;
}

const warm = 100;
const patienceMs = 15_000;
let runs = 0;

/** At a steady rate that does not wait for answers; from the first node to the last. */
export async function crossing(subject: ClusterSubject, perSecond: number, seconds: number): Promise<Crossing> {
  const { urls, people } = subject;
  const { room } = await people.owner.api.call('room.show', { room: people.room });
  const { epoch, seq: after } = room.position;
  const seenMs = new Map<number, number>();
  const [listening = people.owner, speaking = people.owner] = people.members;
  const listener = await LoadConnection.open(urls.at(-1) ?? '', listening.token, {
    event: (frame) => {
      if (isLogged(frame)) seenMs.set(frame.seq, performance.now());
    },
  });
  await listener.call('log.listen', { logs: [{ log: `room:${people.room}`, level: 'live', epoch, after }] });
  const sender = await LoadConnection.open(urls[0] ?? '', speaking.token);
  const run = ++runs;
  const sends: Promise<{ seq: number; sentMs: number }>[] = [];
  const send = async (index: number) => {
    const sentMs = performance.now();
    const clientId = `crossing-${run}-${index}` as ClientId;
    const { seq } = await sender.call('message.post', { room: people.room, clientId, text: 'Across the nodes.' });
    return { seq, sentMs };
  };
  const startedMs = performance.now();
  while (sends.length < perSecond * seconds + warm) {
    const due = ((performance.now() - startedMs) / 1_000) * perSecond;
    while (sends.length < due) sends.push(send(sends.length));
    await pause(1);
  }
  const sent = (await Promise.all(sends)).slice(warm);
  const deadlineMs = performance.now() + patienceMs;
  while (!sent.every(({ seq }) => seenMs.has(seq))) {
    if (performance.now() > deadlineMs) throw new Error('Not everything was seen on the other node.');
    await pause(5);
  }
  listener.destroy();
  sender.destroy();
  const tookMs = sent.map(({ seq, sentMs }) => (seenMs.get(seq) ?? 0) - sentMs);
  return { p50: percentile(tookMs, 0.5), p99: percentile(tookMs, 0.99) };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
