import type { RoomId, RoomInfo, SpaceId } from '@confab/protocol';
import { inboxLog, roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append, positionOf } from '../log.ts';
import {
  addToRoom,
  claimPlace,
  insertRoom,
  insertRoomMember,
  isRoomMember,
  roomAsSeenBy,
  tellSpaceOfRoom,
} from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { beginRoom, roomState } from './import-store.ts';
import type { BroughtMember, BroughtRoom, Source } from './moved.ts';

export interface RoomInput {
  readonly source: Source;
  readonly space: SpaceId;
  readonly room: BroughtRoom;
  readonly now: number;
}

export interface MembersInput {
  readonly room: RoomId;
  readonly members: readonly BroughtMember[];
  /** Since when they are in it. */
  readonly at: number;
}

function infoOf({ space, room }: RoomInput): RoomInfo {
  const { id, kind, visibility, name, topic, people, createdAt, createdBy } = room;
  return {
    id,
    space: kind === 'channel' ? space : null,
    kind,
    visibility,
    name,
    ...(people ? { people: [...people] } : {}),
    topic,
    createdBy,
    createdAt,
    archivedAt: null,
  };
}

/** Makes a room, or goes on with one that came before. `past`: of the time at which it was made elsewhere. */
export function* bringRoom(past: Transaction, input: RoomInput): Step<{ isNew: boolean }> {
  const { room, source } = input;
  const before = yield* roomState(room.id);
  if (before) {
    const position = yield* positionOf(roomLog(room.id));
    yield* beginRoom(source, room, position?.seq ?? 0);
    return { isNew: !before.finished };
  }
  const info = infoOf(input);
  yield* insertRoom(info);
  const log = roomLog(info.id);
  const position = yield* append(past, { log, name: 'room.created', by: room.createdBy, data: { room: info } });
  yield* beginRoom(source, room, 0);
  yield* tellSpaceOfRoom(past, info, room.createdBy);
  if (!room.people) return { isNew: true };
  // Whose place it is already stays it: then this is another one, of the same people.
  yield* claimPlace(info.id, room.people);
  for (const user of room.people) yield* insertRoomMember(info.id, user, position, past.now);
  for (const user of room.people) {
    const data = { room: yield* roomAsSeenBy(user, info.id) };
    yield* append(past, { log: inboxLog(user), name: 'inbox.room-added', by: room.createdBy, data });
  }
  return { isNew: true };
}

/** Puts people into a channel that is being brought; who is in it stays as they are. */
export function* bringMembers(past: Transaction, { room, members }: MembersInput): Step<void> {
  for (const { user, role } of members) {
    if (!(yield* isRoomMember(room, user))) yield* addToRoom(past, room, { user, role, by: user });
  }
}
