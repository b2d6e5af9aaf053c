import type { ClientId, RoomId } from '@confab/protocol';
import { stampedText } from '../swarm/swarm-messages.ts';
import { LoadConnection } from './load-connection.ts';

export interface SteadyPosts {
  url: string;
  room: RoomId;
  /** One connection each; the posts take turns on them. */
  tokens: readonly string[];
  perSecond: number;
  seconds: number;
  /** Characters of each message. */
  chars: number;
}

export interface SteadyResult {
  /** Milliseconds from send to acknowledgement. */
  ackMs: number[];
  /** The highest seq that a post was given. */
  head: number;
}

let runs = 0;

/**
 * Posts at a steady rate that does not wait for answers (an open loop, so that a slow server is not spared). Resolves
 * when all are answered. `over` ends it early.
 */
export async function postSteadily(options: SteadyPosts, over?: AbortSignal): Promise<SteadyResult> {
  const { url, room, tokens, perSecond, seconds, chars } = options;
  const connections = await Promise.all(tokens.map((token) => LoadConnection.open(url, token)));
  const run = `${process.pid}-${++runs}`;
  const ackMs: number[] = [];
  let head = 0;
  const sends: Promise<void>[] = [];
  const send = async (index: number) => {
    const sentMs = performance.now();
    const clientId = `steady-${run}-${index}` as ClientId;
    const text = stampedText().padEnd(chars, '.');
    const connection = connections[index % connections.length] as LoadConnection;
    const { seq } = await connection.call('message.post', { room, clientId, text });
    ackMs.push(performance.now() - sentMs);
    head = Math.max(head, seq);
  };
  const total = perSecond * seconds;
  const startedMs = performance.now();
  while (sends.length < total && !over?.aborted) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) / 1000) * perSecond) + 1);
    while (sends.length < due) sends.push(send(sends.length));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(sends);
  for (const connection of connections) connection.destroy();
  return { ackMs, head };
}
