import type { ClientId } from '@confab/protocol';
import { atMost, type Figure, told } from '../../figures.ts';
import { patiently } from '../../load/population.ts';
import { TestBed } from '../../load/test-bed.ts';
import { Swarm } from '../../swarm/swarm.ts';

export interface StormOptions {
  clients: number;
  missed: number;
}

/** Bar 9: the server was killed and is back, everyone comes at once and has missed some events. */
export function run({ clients, missed }: StormOptions): Promise<Figure[]> {
  return TestBed.with({ members: 12 }, async (bed) => {
    const { room, owner, members } = bed.people;
    const post = (clientId: string) =>
      patiently(() =>
        owner.api.call('message.post', { room, clientId: clientId as ClientId, text: `Missed: ${clientId}.` }),
      );
    const before = await post('before');
    const readyMs = await bed.killAndRestart();
    for (let index = 0; index < missed; index += 1) await post(`missed-${index}`);

    const log = `room:${room}`;
    const tokens = members.map(({ token }) => token);
    const from = { log, level: 'live', epoch: before.epoch, after: before.seq } as const;
    const { swarm, ms } = await Swarm.open({ url: bed.url, count: clients, tokens, room: from }, 2);
    const resumed = await swarm.report();
    const after = await post('after');
    const live = await swarm.reportUntil((report) => report.lowest >= after.seq, 15_000);
    await swarm.close();

    const refused = Object.entries({ ...resumed.ended, ...live.ended });
    return [
      told('server ready again', readyMs, 'ms'),
      atMost('clients not back', clients - resumed.members, 0),
      atMost('until the last was back and complete', ms / 1000, 15, 's'),
      atMost('missed events not told, or told twice', Math.abs(clients * missed - resumed.deliveries), 0),
      atMost('then live: events not told, or told twice', Math.abs(clients - live.deliveries), 0),
      atMost('gaps', resumed.gaps + live.gaps, 0),
      atMost('doubled', resumed.doubles + live.doubles, 0),
      atMost('errors', resumed.errors.length + live.errors.length, 0),
      ...refused.map(([why, count]) => told(`told to come back later (${why})`, count)),
      ...resumed.errors.map((error) => told('error', error)),
    ];
  });
}
