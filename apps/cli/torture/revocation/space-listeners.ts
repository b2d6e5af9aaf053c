import type { ClusterBed } from '../../cluster/cluster-bed.ts';
import { LoadConnection } from '../../load/load-connection.ts';
import type { Inhabitant } from '../../load/population.ts';

/** What a role gives beyond the rooms that one is in: the space's own log, at every node, which guests do not hear. */
export async function cutRole(bed: ClusterBed, victim: Inhabitant): Promise<{ closedMs: number; after: number }> {
  const { space, owner } = bed.people;
  const closed: PromiseWithResolvers<void>[] = [];
  let after = 0;
  const connections = await Promise.all(
    bed.nodes.map(async ({ url }, index) => {
      const end = Promise.withResolvers<void>();
      closed[index] = end;
      let isClosed = false;
      const connection = await LoadConnection.open(url, victim.token, {
        event(frame) {
          if (frame.event === 'log.closed' && frame.data.log === `space:${space}`) {
            isClosed = true;
            end.resolve();
          } else if (isClosed && 'log' in frame && frame.log === `space:${space}`) after += 1;
        },
      });
      const { logs } = await connection.call('log.listen', { logs: [{ log: `space:${space}`, level: 'live' }] });
      if (logs[0]?.status !== 'listening') throw new Error('A member does not hear the space.');
      return connection;
    }),
  );
  await owner.api.call('space.set-role', { space, user: victim.user, role: 'guest' });
  const startedMs = performance.now();
  const late = new Promise<void>((resolve) => setTimeout(resolve, 30_000));
  await Promise.race([Promise.all(closed.map(({ promise }) => promise)), late]);
  const closedMs = performance.now() - startedMs;
  await owner.api.call('space.rename', { space, name: `Renamed ${Date.now()}` });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  for (const connection of connections) connection.destroy();
  return { closedMs, after };
}
