import type { EventFrame } from '@confab/protocol';
import { LoadConnection, Refused } from '../../load/load-connection.ts';
import { patiently } from '../../load/population.ts';
import type { TestBed } from '../../load/test-bed.ts';

/** What a timer of the server has to set off by itself, with the time within which it has to. */
interface Sign {
  readonly name: string;
  readonly withinMs: number;
  appears(bed: TestBed): Promise<void>;
}

/** Each hangs on another timer: of the engine's wheel, of one for heads, of a rate. */
const signs: readonly Sign[] = [
  { name: 'who left is told to be offline', withinMs: 20_000, appears: becomeOffline },
  { name: 'a passive listener hears of a new head', withinMs: 5_000, appears: hearOfHead },
  { name: 'who was too fast may go on', withinMs: 10_000, appears: goOnAfterLimit },
];
/** Takes most of a minute, so that only the long run waits for it. */
const heartbeat: Sign = { name: 'a mute client is given up', withinMs: 60_000, appears: giveUpMute };

/** Names of the signs that did not appear in their time. */
export async function missingSigns(bed: TestBed, patient: boolean): Promise<string[]> {
  const missing = await Promise.all(signs.map((sign) => missingIn(bed, sign)));
  // By itself: it counts connections, of which the others make some.
  if (patient) missing.push(await missingIn(bed, heartbeat));
  return missing.flat();
}

async function missingIn(bed: TestBed, { name, withinMs, appears }: Sign): Promise<string[]> {
  const late = new Promise<string[]>((resolve) => setTimeout(resolve, withinMs, [name]));
  return Promise.race([appears(bed).then((): string[] => []), late]);
}

async function becomeOffline({ url, people }: TestBed): Promise<void> {
  // The others are connected all the time.
  const leaver = people.members.at(-1);
  const { promise, resolve } = Promise.withResolvers<void>();
  const event = (frame: EventFrame) => {
    if (frame.event === 'presence.changed' && frame.data.state === 'offline') resolve();
  };
  const watcher = await LoadConnection.open(url, people.owner.token, { event });
  const leaving = await LoadConnection.open(url, leaver?.token ?? '');
  await watcher.call('presence.watch', { users: leaver ? [leaver.user] : [] });
  leaving.destroy();
  await promise;
  watcher.destroy();
}

async function hearOfHead({ url, people }: TestBed): Promise<void> {
  const { room, owner } = people;
  const { promise, resolve } = Promise.withResolvers<void>();
  const event = (frame: EventFrame) => {
    if (frame.event === 'log.head') resolve();
  };
  const listener = await LoadConnection.open(url, owner.token, { event });
  await listener.call('log.listen', { logs: [{ log: `room:${room}`, level: 'passive' }] });
  // The others go on posting into the same room.
  await promise;
  listener.destroy();
}

async function goOnAfterLimit({ people }: TestBed): Promise<void> {
  const { api } = people.owner;
  const read = () => api.call('room.show', { room: people.room });
  for (;;) {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, read));
    const isLimited = outcomes.some((each) => each.status === 'rejected' && each.reason instanceof Refused);
    if (isLimited) break;
  }
  await patiently(read);
}

async function giveUpMute(bed: TestBed): Promise<void> {
  const [, mute] = bed.people.members;
  const connection = await LoadConnection.open(bed.url, mute?.token ?? '');
  connection.socket.pause();
  // Those of the signs before may still be on their way out.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const open = await bed.metric('confab_connections');
  while ((await bed.metric('confab_connections')) >= open) await new Promise((resolve) => setTimeout(resolve, 200));
  connection.destroy();
}
