import { ClusterBed } from '../../cluster/cluster-bed.ts';
import { ClusterTraffic } from '../../cluster/cluster-traffic.ts';
import { atLeast, atMost, type Figure } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { TimedRecorder } from '../../history/timed-recorder.ts';
import { HttpApi } from '../../load/http-api.ts';
import { SdkClient } from '../../load/sdk-client.ts';
import { cutRole } from '../revocation/space-listeners.ts';
import { MovedClock } from './moved-clock.ts';

const nodes = 3;
const dayMs = 86_400_000;
const withRedisMs = 1_000;
const withoutRedisMs = 5_000;

/** The nodes of one cluster disagree on the time by a day each. */
export async function nodesApart(): Promise<Figure[]> {
  const clocks = await Promise.all(Array.from({ length: nodes }, (_, index) => MovedClock.make((index - 1) * dayMs)));
  try {
    const options = { nodes, members: 4, roomy: true, envOf: (index: number) => clocks[index]?.env ?? {} };
    return await ClusterBed.with(options, liveApart);
  } finally {
    for (const clock of clocks) await clock.remove();
  }
}

async function liveApart(bed: ClusterBed): Promise<Figure[]> {
  const [, roamer, first, second] = bed.people.members;
  if (!roamer || !first || !second) throw new Error('Too few people.');
  const recorder = new TimedRecorder();
  const traffic = await ClusterTraffic.open(bed, recorder, { rooms: 3, perSecond: 20 });
  const signedOut = await Promise.all(
    bed.nodes.map(({ url }) =>
      new HttpApi(url, roamer.token).call('account.home', {}).then(
        () => 0,
        () => 1,
      ),
    ),
  );
  // Its requests arrive at any node, and have to find the one that the connection lives on.
  const polling = { url: bed.front.url, token: roamer.token, name: 'poller', room: bed.people.room, recorder };
  const poller = new SdkClient(polling, 'long-poll');
  await poller.start();
  for (let count = 0; count < 20; count += 1) poller.post('Which of you has my connection?');
  await until(20_000, () => poller.waiting === 0);
  const unsent = poller.waiting;
  const atOnce = await cutRole(bed, first);
  await bed.redis?.stop();
  const later = await cutRole(bed, second);
  await bed.redis?.start();
  poller.stop();
  await traffic.finish();
  return [
    atLeast('messages', recorder.sends, 20),
    atMost(
      'nodes that do not know a session of another',
      signedOut.reduce<number>((sum, each) => sum + each, 0),
      0,
    ),
    atMost('not sent over a connection that any node finds', unsent, 0),
    atMost('a right taken away is gone everywhere after', atOnce.closedMs, withRedisMs, 'ms'),
    atMost('  without Redis', later.closedMs, withoutRedisMs, 'ms'),
    atMost('  told of it afterwards', atOnce.after + later.after, 0),
    // The poller's room is not read at the end: only what the traffic's clients did is held against the log.
    ...historyFigures(recorder.records.filter(({ log }) => log !== `room:${bed.people.room}`)).filter(
      ({ target, ok }) => target !== undefined || !ok,
    ),
  ];
}

async function until(limitMs: number, holds: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!holds() && performance.now() < deadlineMs) await new Promise((done) => setTimeout(done, 20));
}
