import { Agent } from 'node:http';
import type { ClientId } from '@confab/protocol';
import { atLeast, type Figure, median, told } from '../figures.ts';
import { HttpApi } from '../load/http-api.ts';
import { LoadConnection } from '../load/load-connection.ts';
import { TestBed } from '../load/test-bed.ts';

export interface SendsOptions {
  runs: number;
  seconds: number;
  /** Sends that are unanswered at any time. */
  open: number;
}

export const usualText =
  'A message of about a hundred characters, as people write them all day long in any room of theirs.';
const connections = 16;

/** Bar 33: durable sends a second on one process, the load generator beside it on the same machine. */
export async function sends({ runs, seconds, open }: SendsOptions): Promise<Figure[]> {
  const perSecond: Record<'socket' | 'http', number[]> = { socket: [], http: [] };
  for (let run = 0; run < runs; run += 1) {
    await TestBed.with({ members: 8, roomy: true }, async ({ people, url }) => {
      const { room } = people;
      const senders = await Promise.all(
        Array.from({ length: connections }, (_, index) =>
          LoadConnection.open(url, people.members[index % people.members.length]?.token ?? ''),
        ),
      );
      const bySocket = (index: number) => {
        const sender = senders[index % connections] as LoadConnection;
        return sender.call('message.post', { room, clientId: `s-${index}` as ClientId, text: usualText });
      };
      await closedLoop(bySocket, open, 1);
      perSecond.socket.push(await closedLoop(bySocket, open, seconds, 10_000_000));
      for (const sender of senders) sender.destroy();

      // A connection for each that is unanswered: HTTP/1.1 has no more than one on each.
      const agent = new Agent({ keepAlive: true, maxSockets: open });
      const authors = people.members.map(({ token }) => new HttpApi(url, token, agent));
      const byHttp = (index: number) => {
        const author = authors[index % authors.length] as HttpApi;
        return author.call('message.post', { room, clientId: `h-${index}` as ClientId, text: usualText });
      };
      await closedLoop(byHttp, open, 1);
      perSecond.http.push(await closedLoop(byHttp, open, seconds, 10_000_000));
      agent.destroy();
    });
  }
  return [
    atLeast('over WebSocket', median(perSecond.socket), 10_000, 'sends/s'),
    atLeast('over HTTP', median(perSecond.http), 5_000, 'sends/s'),
    told('sends without an answer at any time', open),
  ];
}

/** Keeps `open` sends unanswered for `seconds`; the answers a second. `from` keeps the client ids of a run apart. */
export async function closedLoop(
  send: (index: number) => Promise<unknown>,
  open: number,
  seconds: number,
  from = 0,
): Promise<number> {
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  let next = from;
  const loop = async () => {
    while (performance.now() < endMs) await send(next++);
  };
  await Promise.all(Array.from({ length: open }, loop));
  return ((next - from) * 1000) / (performance.now() - startedMs);
}
