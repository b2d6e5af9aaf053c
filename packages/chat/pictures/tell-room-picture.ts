import type { PictureHash, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { withPicture } from '@confab/protocol/picture-fold.ts';
import type { Step } from '@confab/storage';
import type { ReachedRoom } from '../access.ts';
import { append } from '../log.ts';
import { infoOf, tellSpaceOfRoom } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';

/** Tells a room, and the space that sees it, what its picture is now. */
export function* tellRoomPicture(
  tx: Transaction,
  room: ReachedRoom,
  picture: PictureHash | null,
  by: UserId,
): Step<void> {
  yield* append(tx, { log: roomLog(room.id), name: 'room.picture-set', by, data: { picture } });
  yield* tellSpaceOfRoom(tx, withPicture(infoOf(room), picture), by);
}
