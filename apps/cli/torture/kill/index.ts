import { atLeast, atMost, type Figure, median, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import { Recorder } from '../../history/recorder.ts';
import { FollowingClient } from '../../load/following-client.ts';
import type { Population } from '../../load/population.ts';
import { PostingClient } from '../../load/posting-client.ts';
import { SdkClient } from '../../load/sdk-client.ts';
import type { SurvivingClient } from '../../load/surviving-client.ts';
import { TestBed } from '../../load/test-bed.ts';

export interface KillOptions {
  kills: number;
  messages: number;
  /** So many clients post over a bare WebSocket, as many with the SDK, as many over HTTP. */
  clients: number;
  /** 1: the server with its web app, as people start it. */
  whole: number;
}

/** Bar 1: kill -9 of the real server, again and again, while messages go in over both doors. */
export function run({ kills, messages, clients, whole }: KillOptions): Promise<Figure[]> {
  return TestBed.with({ members: clients * 3, entry: whole === 1 ? 'whole' : 'measured' }, async (bed) => {
    const recorder = new Recorder();
    const { people } = bed;
    const following = await follow(bed.url, people, clients, recorder);
    const readyMs: number[] = [];
    const enough = () => readyMs.length >= kills && recorder.sends >= messages;
    const traffic = Promise.all([postOverHttp(people, clients, recorder, enough), postOverSockets(following, enough)]);
    while (readyMs.length < kills) {
      await pause(100 + Math.random() * 400);
      readyMs.push(await bed.killAndRestart());
    }
    await traffic;
    await drained(following);
    await settle(following, people, recorder);
    const connections = following.reduce((sum, client) => sum + client.connections, 0);
    for (const client of following) client.stop();
    return [
      atLeast('kill -9 of the server', readyMs.length, kills),
      atMost('ready again, slowest', Math.max(...readyMs), 2_000, 'ms'),
      told('ready again, median', median(readyMs), 'ms'),
      told('connections made', connections),
      atLeast('messages', recorder.sends, messages),
      ...historyFigures(recorder.records),
    ];
  });
}

async function follow(
  url: string,
  { members, room }: Population,
  clients: number,
  recorder: Recorder,
): Promise<SurvivingClient[]> {
  const following = members.slice(0, clients * 2).map(({ token, handle }, index) => {
    const options = { url, token, name: handle, room, recorder };
    return index < clients ? new FollowingClient(options) : new SdkClient(options);
  });
  await Promise.all(following.map((client) => client.start()));
  return following;
}

/** Some ten posts a second and client, each sent again until it is answered. */
async function postOverHttp(people: Population, clients: number, recorder: Recorder, enough: () => boolean) {
  const posters = people.members.slice(clients * 2).map(async ({ api, handle }) => {
    const client = new PostingClient({ api, name: handle, room: people.room, recorder });
    while (!enough()) {
      await client.post('Over HTTP.');
      await pause(Math.random() * 160);
    }
  });
  await Promise.all(posters);
}

/** Keeps a few sends of each client on their way, so that every kill meets some. */
async function postOverSockets(following: readonly SurvivingClient[], enough: () => boolean): Promise<void> {
  while (!enough()) {
    for (const client of following) if (client.waiting < 8) client.post('Over a socket.');
    await pause(Math.random() * 160);
  }
}

async function drained(following: readonly SurvivingClient[]): Promise<void> {
  while (following.some((client) => client.waiting > 0)) await pause(20);
}

/** Reads the log as it stands, then gives every client time to see all of it. */
async function settle(following: readonly SurvivingClient[], people: Population, recorder: Recorder): Promise<void> {
  const events = await readFinalLog(people.owner.api, people.room, recorder);
  const head = events.at(-1)?.seq ?? 0;
  const deadlineMs = performance.now() + 10_000;
  while (performance.now() < deadlineMs && following.some((client) => client.last < head)) await pause(20);
  for (const client of following) recorder.settled(client.name, `room:${people.room}`, head);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
