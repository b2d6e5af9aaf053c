import type { Role, RoomId, RoomInfo, SpaceId, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { bounds } from '../bounds.ts';
import type { FactOf } from '../facts.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { oneLine } from '../text.ts';
import type { Transaction } from '../transaction.ts';
import { addToRoom } from './membership.ts';
import { tellSpaceOfRoom } from './room-info.ts';
import { countRooms, insertRoom, isNameTaken, roomAsSeenBy } from './room-store.ts';

interface NewChannel {
  readonly space: SpaceId;
  readonly name: string;
  readonly visibility: 'public' | 'private';
  readonly topic: string;
  readonly by: UserId;
  readonly role: Role;
}

function* foundRoom(tx: Transaction, room: NewChannel): Step<RoomId> {
  const info: RoomInfo = {
    id: tx.newId<RoomId>(),
    space: room.space,
    kind: 'channel',
    visibility: room.visibility,
    name: room.name,
    topic: room.topic,
    createdBy: room.by,
    createdAt: tx.now,
    archivedAt: null,
  };
  if (yield* isNameTaken(room.space, info)) throw new Refusal('room-name-taken', { name: room.name });
  yield* insertRoom(info);
  yield* append(tx, { log: roomLog(info.id), name: 'room.created', by: room.by, data: { room: info } });
  yield* tellSpaceOfRoom(tx, info, room.by);
  yield* addToRoom(tx, info.id, { user: room.by, role: room.role, by: room.by });
  return info.id;
}

/** Every space begins with a room that everyone who joins the space joins too. */
export function* createGeneralRoom(tx: Transaction, { space, by }: FactOf<'space-created'>): Step<void> {
  yield* foundRoom(tx, { space, name: 'general', visibility: 'public', topic: '', by, role: 'owner' });
}

export const createRoom = operation({
  name: 'room.create',
  kind: 'write',
  access: { who: 'space', atLeast: 'member' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx }, params) {
    if ((yield* countRooms(reached.id)) >= bounds.roomsPerSpace) {
      throw new Refusal('limit-reached', { limit: bounds.roomsPerSpace, what: 'rooms in a space' });
    }
    const room = yield* foundRoom(tx, {
      space: reached.id,
      name: params.name,
      visibility: params.visibility,
      topic: oneLine(params.topic ?? ''),
      by: actor.user,
      role: reached.role,
    });
    return { room: yield* roomAsSeenBy(actor.user, room) };
  },
});
