import type { RoomId } from '@confab/protocol';
import type { ClusterBed } from '../../cluster/cluster-bed.ts';
import { HttpApi } from '../../load/http-api.ts';
import type { Inhabitant } from '../../load/population.ts';

/** A right that somebody loses. */
export interface Revocation {
  readonly name: string;
  /** Takes it away, at the first node; resolves when that is acknowledged. */
  happen(bed: ClusterBed, victim: Inhabitant, room: RoomId): Promise<unknown>;
}

/** What ends everything that is heard of a room, over every door. */
export const revocations: readonly Revocation[] = [
  {
    name: 'signed out',
    happen: (bed, victim) => apiAtFirst(bed, victim.token).call('account.sign-out', {}),
  },
  {
    name: 'session ended from elsewhere',
    async happen(bed, victim) {
      const { session } = await victim.api.call('account.home', {});
      const credentials = { handle: victim.handle, password: 'a long enough password', deliver: 'token' } as const;
      const { token = '' } = await apiAtFirst(bed).call('account.sign-in', credentials);
      return apiAtFirst(bed, token).call('session.revoke', { session });
    },
  },
  { name: 'disabled', happen: async (bed, victim) => bed.nodes[0]?.disable(victim.user) },
  {
    name: 'removed from the room',
    happen: (bed, { user }, room) => apiAtFirst(bed, bed.people.owner.token).call('room.remove-member', { room, user }),
  },
  {
    name: 'removed from the space',
    happen: (bed, { user }) =>
      apiAtFirst(bed, bed.people.owner.token).call('space.remove-member', { space: bed.people.space, user }),
  },
];

const apiAtFirst = ({ nodes }: ClusterBed, token?: string): HttpApi => new HttpApi(nodes[0]?.url ?? '', token);
