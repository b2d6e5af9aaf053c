import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import { Recorder } from '../../history/recorder.ts';
import { FollowingClient } from '../../load/following-client.ts';
import { HttpApi } from '../../load/http-api.ts';
import { PostingClient } from '../../load/posting-client.ts';
import { SdkClient } from '../../load/sdk-client.ts';
import type { SurvivingClient } from '../../load/surviving-client.ts';
import { TestBed } from '../../load/test-bed.ts';
import { seededRandom } from '../seeded-random.ts';
import { ChaosProxy } from './chaos-proxy.ts';
import { DoublingClient } from './doubling-client.ts';
import { sayAgain } from './say-again.ts';

export interface ChaosProxyOptions {
  sends: number;
  /** So many clients each: over a bare WebSocket, with the SDK, over HTTP, and on two WebSockets at once. */
  clients: number;
  seed: number;
}

/** Bar 12: a proxy between clients and server cuts, delays, splits, stalls and repeats. */
export function run({ sends, clients, seed }: ChaosProxyOptions): Promise<Figure[]> {
  return TestBed.with({ members: clients * 4, roomy: true }, async (bed) => {
    const proxy = await ChaosProxy.start(Number(new URL(bed.url).port), seededRandom(seed));
    try {
      return await torment(bed, proxy, { sends, clients, seed });
    } finally {
      await proxy.stop();
    }
  });
}

async function torment(bed: TestBed, proxy: ChaosProxy, { sends, clients }: ChaosProxyOptions): Promise<Figure[]> {
  const { members, owner, room } = bed.people;
  const url = `http://127.0.0.1:${proxy.port}`;
  const recorder = new Recorder();
  const optionsOf = (index: number) => {
    const { token = '', handle = '' } = members[index] ?? {};
    return { url, token, name: handle, room, recorder };
  };
  const following: SurvivingClient[] = [];
  for (let index = 0; index < clients; index += 1) {
    following.push(new FollowingClient(optionsOf(index)), new SdkClient(optionsOf(clients + index)));
  }
  const api = new HttpApi(url);
  const posting: PostingClient[] = [];
  const doubling: DoublingClient[] = [];
  for (let index = 0; index < clients; index += 1) {
    const options = optionsOf(clients * 2 + index);
    posting.push(new PostingClient({ ...options, api: api.as(options.token) }));
    doubling.push(new DoublingClient(optionsOf(clients * 3 + index)));
  }
  const enough = () => recorder.sends >= sends;
  await Promise.all(following.map((client) => client.start()));
  await Promise.all([talk(following, enough), ...[...posting, ...doubling].map((client) => talkOn(client, enough))]);
  proxy.calm();
  while (following.some((client) => client.waiting > 0)) await pause(20);
  const events = await readFinalLog(owner.api, room, recorder);
  await settle(following, events.at(-1)?.seq ?? 0, recorder, room);
  for (const client of [...following, ...doubling]) client.stop();
  api.close();
  const again = await sayAgain(events, members, room);
  const differently = doubling.reduce((sum, client) => sum + client.differently, 0);
  return [
    ...harm(proxy),
    told(
      'connections of clients that follow',
      following.reduce((sum, client) => sum + client.connections, 0),
    ),
    atLeast('messages', recorder.sends, sends),
    atMost('sent on two connections, and answered with two ids', differently, 0),
    told('sent again at the end', again.said),
    atMost('  and answered with another id', again.differently, 0),
    ...historyFigures(recorder.records),
  ];
}

function harm({ counts }: ChaosProxy): Figure[] {
  return [
    told('connections through the proxy', counts.connections),
    atLeast('cut by it at some byte', counts.cuts, 1),
    atLeast('whose bytes the server got twice', counts.twins, 1),
    ...Object.entries(counts.paces).map(([pace, count]) => told(`  ${pace}`, count)),
  ];
}

/** Keeps a few sends of each client on their way, so that every cut meets some. */
async function talk(following: readonly SurvivingClient[], enough: () => boolean): Promise<void> {
  while (!enough()) {
    for (const client of following) if (client.waiting < 8) client.post('Through a bad line.');
    await pause(5);
  }
}

async function talkOn(client: PostingClient | DoublingClient, enough: () => boolean): Promise<void> {
  while (!enough()) await client.post('Through a bad line.');
}

/** Gives every client time to see all of the log: the SDK may wait half a minute before it tries again. */
async function settle(following: readonly SurvivingClient[], head: number, recorder: Recorder, room: string) {
  const deadlineMs = performance.now() + 60_000;
  while (performance.now() < deadlineMs && following.some((client) => client.last < head)) await pause(20);
  for (const client of following) recorder.settled(client.name, `room:${room}`, head);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
