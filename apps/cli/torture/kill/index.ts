import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, atMost, type Figure, percentile, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import { Recorder } from '../../history/recorder.ts';
import { FollowingClient } from '../../load/following-client.ts';
import { type Population, populate } from '../../load/population.ts';
import { PostingClient } from '../../load/posting-client.ts';
import { freePort, ServerProcess } from '../../process/server-process.ts';

export interface KillOptions {
  kills: number;
  messages: number;
  /** Clients that post over WebSocket and as many that post over HTTP. */
  clients: number;
}

/** Bar 1: kill -9 of the real server, again and again, while messages go in over both doors. */
export async function run({ kills, messages, clients }: KillOptions): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'confab-kill-'));
  const options = { data, port: await freePort() };
  let server = ServerProcess.start(options);
  try {
    await server.ready();
    const recorder = new Recorder();
    const people = await populate(server.url, clients * 2);
    const following = await follow(server.url, people, clients, recorder);
    const readyMs: number[] = [];
    const enough = () => readyMs.length >= kills && recorder.sends >= messages;
    const traffic = Promise.all([postOverHttp(people, clients, recorder, enough), postOverSockets(following, enough)]);
    while (readyMs.length < kills) {
      await pause(100 + Math.random() * 400);
      await server.end('SIGKILL');
      server = ServerProcess.start(options);
      readyMs.push(await server.ready());
    }
    await traffic;
    await drained(following);
    await settle(following, people, recorder);
    const connections = following.reduce((sum, client) => sum + client.figures.connections, 0);
    const repairs = following.reduce((sum, client) => sum + client.figures.repairs, 0);
    for (const client of following) client.stop();
    return [
      atLeast('kill -9 of the server', readyMs.length, kills),
      atMost('ready again, slowest', Math.max(...readyMs), 2_000, 'ms'),
      told('ready again, median', percentile(readyMs, 0.5), 'ms'),
      told('connections made', connections),
      told('gaps on the wire, repaired by reading', repairs),
      ...historyFigures(recorder.records),
    ];
  } finally {
    await server.end('SIGKILL');
    await rm(data, { recursive: true });
  }
}

async function follow(url: string, people: Population, clients: number, recorder: Recorder) {
  const following = people.members
    .slice(0, clients)
    .map(
      ({ token, handle }) => new FollowingClient({ url, token, name: `socket-${handle}`, room: people.room, recorder }),
    );
  await Promise.all(following.map((client) => client.start()));
  return following;
}

/** Some ten posts a second and client, each sent again until it is answered. */
async function postOverHttp(people: Population, clients: number, recorder: Recorder, enough: () => boolean) {
  const posters = people.members.slice(clients).map(async ({ api, handle }) => {
    const client = new PostingClient({ api, name: `http-${handle}`, room: people.room, recorder });
    while (!enough()) {
      await client.post('Over HTTP.');
      await pause(Math.random() * 160);
    }
  });
  await Promise.all(posters);
}

/** Keeps a few sends of each client on their way, so that every kill meets some. */
async function postOverSockets(following: readonly FollowingClient[], enough: () => boolean): Promise<void> {
  while (!enough()) {
    for (const client of following) if (client.waiting < 8) client.post('Over a socket.');
    await pause(Math.random() * 160);
  }
}

async function drained(following: readonly FollowingClient[]): Promise<void> {
  while (following.some((client) => client.waiting > 0)) await pause(20);
}

/** Reads the log as it stands, then gives every client time to see all of it. */
async function settle(following: readonly FollowingClient[], people: Population, recorder: Recorder): Promise<void> {
  const events = await readFinalLog(people.owner.api, people.room, recorder);
  const head = events.at(-1)?.seq ?? 0;
  const deadlineMs = performance.now() + 10_000;
  while (performance.now() < deadlineMs && following.some((client) => client.last < head)) await pause(20);
  for (const client of following) recorder.settled(client.name, `room:${people.room}`, head);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
