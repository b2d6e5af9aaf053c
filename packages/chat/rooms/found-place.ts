import type { RoomId, RoomInfo, UserId } from '@confab/protocol';
import { inboxLog, roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { claimPlace } from './people-key.ts';
import { insertRoomMember } from './room-member-store.ts';
import { insertRoom, roomAsSeenBy } from './room-store.ts';

/**
 * Makes the direct or group of these people, ascending by id. Everybody is in it from the start, and for all but who
 * makes it it is closed until somebody says something.
 */
export function* foundPlace(tx: Transaction, people: readonly UserId[], by: UserId): Step<RoomId> {
  const info: RoomInfo = {
    id: tx.newId<RoomId>(),
    space: null,
    kind: people.length > 2 ? 'group' : 'direct',
    visibility: 'private',
    name: '',
    people: [...people],
    topic: '',
    createdBy: by,
    createdAt: tx.now,
    archivedAt: null,
  };
  yield* insertRoom(info);
  yield* claimPlace(info.id, people);
  const position = yield* append(tx, { log: roomLog(info.id), name: 'room.created', by, data: { room: info } });
  for (const user of people) {
    yield* insertRoomMember(info.id, user, position, tx.now, user === by ? null : position.count);
  }
  for (const user of people) {
    const view = yield* roomAsSeenBy(user, info.id);
    yield* append(tx, { log: inboxLog(user), name: 'inbox.room-added', by, data: { room: view } });
  }
  return info.id;
}
