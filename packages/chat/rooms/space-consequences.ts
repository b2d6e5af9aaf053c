import { roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';
import { addToRoom, takeFromRoom } from './membership.ts';
import { joinedRoomIds, publicRoomIds, roomAsSeenBy } from './room-store.ts';

/** Who joins a space joins its first room too, unless as a guest or the room is archived. */
export function* joinFirstRoom(tx: Transaction, { space, user, role }: FactOf<'space-joined'>): Step<void> {
  if (role === 'guest') return;
  const [first] = yield* publicRoomIds(space);
  if (!first || (yield* roomAsSeenBy(user, first)).info.archivedAt !== null) return;
  yield* addToRoom(tx, first, { user, role, by: user });
}

/** Who leaves a space leaves all of its rooms, and no longer hears the public ones they only looked at. */
export function* leaveAllRooms(tx: Transaction, { space, user, by }: FactOf<'space-left'>): Step<void> {
  const joined = yield* joinedRoomIds(space, user);
  for (const room of joined) yield* takeFromRoom(tx, room, user, by);
  for (const room of yield* publicRoomIds(space)) if (!joined.includes(room)) tx.revokeLog(user, roomLog(room));
}

/** A guest sees the rooms they are in and no other, public ones neither ([L11]). */
export function* closeRoomsToGuest(tx: Transaction, { space, user, role }: FactOf<'role-set'>): Step<void> {
  if (role !== 'guest') return;
  const joined = new Set(yield* joinedRoomIds(space, user));
  for (const room of yield* publicRoomIds(space)) if (!joined.has(room)) tx.revokeLog(user, roomLog(room));
}
