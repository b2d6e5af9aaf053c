import { doors } from '../../doors/doors.ts';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { TestBed } from '../../load/test-bed.ts';
import { lost, postedIn, sawTheLog, settle } from './held-against-log.ts';
import { Survivor } from './survivor.ts';

export interface DoorsOptions {
  kills: number;
  /** Messages that each kind of client posts. */
  messages: number;
  /** The number of the one kind that plays, from 1; 0: all. */
  only?: number;
  /** Clients of each kind. */
  each?: number;
}

/** Every kind of client in one room, each posting while the server is killed: all see the same, once and in order. */
export function run({ kills, messages, only = 0, each = 1 }: DoorsOptions): Promise<Figure[]> {
  const kinds = only === 0 ? doors : doors.slice(only - 1, only);
  const playing = kinds.flatMap((kind) => Array.from({ length: each }, () => kind));
  return TestBed.with({ members: playing.length, roomy: true }, async (bed) => {
    const { room, owner, members } = bed.people;
    const survivors = playing.map((door, index) => new Survivor(door, bed.target(members[index]?.token ?? '', room)));
    await Promise.all(survivors.map((survivor) => survivor.connect()));
    const expected = messages * playing.length;
    const traffic = Promise.all(survivors.map((survivor) => survivor.postAll(messages)));
    const acknowledged = () => survivors.reduce((sum, survivor) => sum + survivor.acknowledged.length, 0);
    for (let kill = 1; kill <= kills; kill += 1) {
      // Spread over the run, so that each kill meets sends of every kind on their way.
      while (acknowledged() < (expected * kill) / (kills + 1)) await pause(20);
      await bed.killAndRestart();
    }
    await traffic;
    const posted = await postedIn(owner.api, room);
    const last = posted.at(-1)?.seq ?? 0;
    await settle(survivors, last);
    for (const survivor of survivors) await survivor.close();
    const seeing = survivors.filter(({ door }) => door.afterAbsence === 'none');
    return [
      atLeast('kinds of client', kinds.length, kinds.length),
      atLeast('kill -9 of the server', kills, kills),
      atLeast('messages acknowledged', acknowledged(), expected),
      ...survivors.map(({ door, comebacks }) => told(`${door.name}: came back`, comebacks, 'times')),
      atMost('acknowledged and not in the log', lost(survivors, posted), 0),
      atMost('stored twice', posted.length - new Set(posted.map(({ clientId }) => clientId)).size, 0),
      ...seeing.map((survivor) => sawTheLog(survivor, posted)),
    ];
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
