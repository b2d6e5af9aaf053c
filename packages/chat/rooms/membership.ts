import type { Role, RoomId, UserId } from '@confab/protocol';
import { inboxLog, roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { personById } from '../accounts/index.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { deleteRoomMember, insertRoomMember } from './room-member-store.ts';
import { roomAsSeenBy } from './room-store.ts';

/** Someone who comes into a room: who, with which role in its space, and by whose hand. */
export interface Arrival {
  readonly user: UserId;
  readonly role: Role;
  readonly by: UserId;
}

/** Makes someone a member of a room that they are not in, and tells the room and the person. */
export function* addToRoom(tx: Transaction, room: RoomId, { user, role, by }: Arrival): Step<void> {
  const person = yield* personById(user);
  const joined = { log: roomLog(room), name: 'room.member-joined', by, data: { person, role } } as const;
  const position = yield* append(tx, joined);
  yield* insertRoomMember(room, user, position, tx.now);
  const view = yield* roomAsSeenBy(user, room);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.room-added', by, data: { room: view } });
}

/** Ends a membership, tells the room and the person, and takes the right to listen away ([L10]). */
export function* takeFromRoom(tx: Transaction, room: RoomId, user: UserId, by: UserId): Step<void> {
  const reason = user === by ? 'left' : 'removed';
  yield* deleteRoomMember(room, user);
  yield* append(tx, { log: roomLog(room), name: 'room.member-left', by, data: { user, reason } });
  yield* append(tx, { log: inboxLog(user), name: 'inbox.room-removed', by, data: { room, reason } });
  tx.revokeLog(user, roomLog(room));
  yield* tx.happened({ kind: 'room-left', room, user });
}
