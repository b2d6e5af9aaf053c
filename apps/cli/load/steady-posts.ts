import type { ClientId } from '@confab/protocol';
import { stampedText } from '../swarm/swarm-messages.ts';
import { LoadConnection } from './load-connection.ts';
import type { Population } from './population.ts';

export interface SteadyPosts {
  people: Population;
  url: string;
  perSecond: number;
  seconds: number;
  /** Characters of each message. */
  chars: number;
  /** Connections that the posts take turns on. */
  senders: number;
}

let runs = 0;

/**
 * Posts at a steady rate that does not wait for answers (an open loop, so that a slow server is not spared). Resolves
 * with the milliseconds from send to acknowledgement, and the highest seq, when all are answered.
 */
export async function postSteadily(options: SteadyPosts): Promise<{ ackMs: number[]; head: number }> {
  const { people, url, perSecond, seconds, chars, senders } = options;
  const authors = people.members.slice(0, senders);
  const connections = await Promise.all(authors.map(({ token }) => LoadConnection.open(url, token)));
  const run = ++runs;
  const ackMs: number[] = [];
  let head = 0;
  const sends: Promise<void>[] = [];
  const send = async (index: number) => {
    const sentMs = performance.now();
    const clientId = `steady-${run}-${index}` as ClientId;
    const text = stampedText().padEnd(chars, '.');
    const connection = connections[index % connections.length] as LoadConnection;
    const { seq } = await connection.call('message.post', { room: people.room, clientId, text });
    ackMs.push(performance.now() - sentMs);
    head = Math.max(head, seq);
  };
  const total = perSecond * seconds;
  const startedMs = performance.now();
  while (sends.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) / 1000) * perSecond) + 1);
    while (sends.length < due) sends.push(send(sends.length));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(sends);
  for (const connection of connections) connection.destroy();
  return { ackMs, head };
}
