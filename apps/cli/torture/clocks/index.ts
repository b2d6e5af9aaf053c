import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import { Recorder } from '../../history/recorder.ts';
import { FollowingClient } from '../../load/following-client.ts';
import { HttpApi } from '../../load/http-api.ts';
import { LoadConnection, Refused } from '../../load/load-connection.ts';
import { PostingClient } from '../../load/posting-client.ts';
import { SdkClient } from '../../load/sdk-client.ts';
import { TestBed } from '../../load/test-bed.ts';
import { MovedClock } from './moved-clock.ts';
import { nodesApart } from './nodes-apart.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { missingSigns } from './signs-of-life.ts';

export interface ClocksOptions {
  /** Only this one of the scenarios, counted from 1, the nodes of a cluster after them; 0: all of them. */
  only: number;
  /** 1: also what takes most of a minute each. */
  patient: number;
}

/** Bar 11: the server's clock is set while it runs, is far from everyone else's, and is another one after a restart. */
export async function run({ only, patient }: ClocksOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  const all = scenarios();
  for (const [index, scenario] of all.entries()) {
    if (only !== 0 && only !== index + 1) continue;
    const clock = await MovedClock.make(scenario.startsAt);
    try {
      const bedOptions = { members: 4, env: clock.env };
      const each = await TestBed.with(bedOptions, (bed) => liveThrough(bed, clock, scenario, patient === 1));
      figures.push(...under(scenario.name, each));
    } finally {
      await clock.remove();
    }
  }
  if (only === 0 || only > all.length) figures.push(...under('nodes apart by a day', await nodesApart()));
  return figures;
}

const under = (name: string, figures: readonly Figure[]): Figure[] => [
  told(name, ''),
  ...figures.map((figure) => ({ ...figure, name: `  ${figure.name}` })),
];

async function liveThrough(bed: TestBed, clock: MovedClock, scenario: Scenario, patient: boolean): Promise<Figure[]> {
  const { people, url } = bed;
  const recorder = new Recorder();
  const [first, second, third] = people.members;
  const optionsOf = (who = first) => ({
    url,
    token: who?.token ?? '',
    name: who?.handle ?? '',
    room: people.room,
    recorder,
  });
  const following = [new FollowingClient(optionsOf(first)), new SdkClient(optionsOf(second))];
  const posting = new PostingClient({ ...optionsOf(third), api: third?.api ?? people.owner.api });
  await Promise.all(following.map((client) => client.start()));
  const invite = await people.owner.api.call('invite.create', { space: people.space, expiresInMs: 86_400_000 });
  const stop = converse(following, posting);

  await pause(1_500);
  await clock.move(scenario.movesTo);
  await shows(bed, clock);
  const missing = await missingSigns(bed, patient);
  const connections = following.reduce((sum, client) => sum + client.connections, 0);
  const inviteHolds = await holds(bed, invite.token);
  await bed.killAndRestart();
  await pause(1_500);
  await stop();
  const signedOut = await refusedTokens(bed);
  const events = await readFinalLog(people.owner.api, people.room, recorder);
  await settle(following, events.at(-1)?.seq ?? 0, recorder, people.room);
  for (const client of following) client.stop();
  return [
    atLeast('messages', recorder.sends, 20),
    atMost('thrown out by it', connections - following.length, 0),
    atMost('signed out, a restart later', signedOut, 0),
    atMost('timers that stand still', missing.length, 0),
    ...missing.map((name) => told('not in time', name)),
    told('an invitation for a day', inviteHolds ? 'holds' : 'has run out'),
    atMost('new sessions refused', Number(!(await signsIn(bed))), 0),
    ...historyFigures(recorder.records).filter(({ target, ok }) => target !== undefined || !ok),
  ];
}

/** A few messages a second over every kind of connection; resolves when none waits for its answer. */
function converse(following: readonly (FollowingClient | SdkClient)[], posting: PostingClient): () => Promise<void> {
  let over = false;
  const talk = async () => {
    while (!over) {
      await posting.post('What time is it?');
      for (const client of following) if (client.waiting < 4) client.post('Does it matter?');
      await pause(150);
    }
    while (following.some((client) => client.waiting > 0)) await pause(20);
  };
  const talking = talk();
  return () => {
    over = true;
    return talking;
  };
}

/** Waits until the server itself tells the new time. */
async function shows({ url, people }: TestBed, clock: MovedClock): Promise<void> {
  const connection = await LoadConnection.open(url, people.owner.token);
  const deadlineMs = performance.now() + 20_000;
  for (;;) {
    const { serverTime } = await connection.call('connection.ping', {});
    if (Math.abs(serverTime - clock.nowMs) < 2_000) break;
    if (performance.now() > deadlineMs) throw new Error('The server does not go by the clock that was moved.');
    await pause(50);
  }
  connection.destroy();
}

async function holds({ url }: TestBed, token: string): Promise<boolean> {
  const outcome = new HttpApi(url).call('invite.look-up', { token });
  return outcome.then(
    () => true,
    () => false,
  );
}

/** How many of those who were signed in are told to sign in again. */
async function refusedTokens({ people }: TestBed): Promise<number> {
  const asked = [people.owner, ...people.members].map(({ api }) =>
    api.call('account.home', {}).then(
      () => 0,
      (error: unknown) => Number(error instanceof Refused),
    ),
  );
  return (await Promise.all(asked)).reduce((sum, each) => sum + each, 0);
}

async function signsIn(bed: TestBed): Promise<boolean> {
  const { handle } = bed.people.owner;
  const anyone = new HttpApi(bed.url);
  const { token } = await anyone.call('account.sign-in', {
    handle,
    password: 'a long enough password',
    deliver: 'token',
  });
  const home = token === undefined ? undefined : await anyone.as(token).call('account.home', {});
  return home !== undefined;
}

async function settle(
  following: readonly (FollowingClient | SdkClient)[],
  head: number,
  recorder: Recorder,
  room: string,
): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  while (performance.now() < deadlineMs && following.some((client) => client.last < head)) await pause(20);
  for (const client of following) recorder.settled(client.name, `room:${room}`, head);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
