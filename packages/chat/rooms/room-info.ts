import type { RoomInfo, RoomKind, SpaceId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { spaceLog } from '@confab/protocol/ids.ts';
import { roomKindWords } from '@confab/protocol/room-kind-words.ts';
import type { Step } from '@confab/storage';
import type { ReachedRoom } from '../access.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';

/** What everyone who may see a channel is told of it. */
export function infoOf(room: ReachedRoom): RoomInfo {
  return {
    id: room.id,
    space: room.space,
    kind: room.kind,
    visibility: room.visibility,
    name: room.name,
    topic: room.topic,
    ...(room.description === '' ? {} : { description: room.description }),
    ...(room.picture === '' ? {} : { picture: room.picture }),
    ...(room.receipts === 'off' ? { receipts: room.receipts } : {}),
    ...(room.slowModeMs > 0 ? { slowModeMs: room.slowModeMs } : {}),
    ...(room.whoPosts === 'moderators' ? { whoPosts: room.whoPosts } : {}),
    createdBy: room.createdBy,
    createdAt: room.createdAt,
    archivedAt: room.archivedAt,
  };
}

/** The space of a channel; refuses for directs and groups, which have none. */
export function spaceOf(room: ReachedRoom): SpaceId {
  if (room.space === null) throw new Refusal('not-in-this-room', { kind: roomKindWords[room.kind] });
  return room.space;
}

/** Refuses what makes no sense in rooms of a kind. */
export function refuseKind(room: ReachedRoom, kind: RoomKind): void {
  if (room.kind === kind) throw new Refusal('not-in-this-room', { kind: roomKindWords[kind] });
}

export function refuseIfArchived(room: ReachedRoom): void {
  if (room.archivedAt !== null) throw new Refusal('room-archived');
}

/** Tells the space that a room looks like this now. A private room never shows in its space's log. */
export function* tellSpaceOfRoom(tx: Transaction, info: RoomInfo, by: RoomInfo['createdBy']): Step<void> {
  if (info.visibility !== 'public' || info.space === null) return;
  yield* append(tx, { log: spaceLog(info.space), name: 'space.room-changed', by, data: { room: info } });
}
