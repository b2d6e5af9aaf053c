import type { PictureHash, SpaceId, UserId } from '@confab/protocol';
import { spaceLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import { showSpaceToGuests } from '../spaces/index.ts';
import type { Transaction } from '../transaction.ts';

/** Tells a space, its guests too, what its picture is now. */
export function* tellSpacePicture(
  tx: Transaction,
  space: SpaceId,
  picture: PictureHash | null,
  by: UserId,
): Step<void> {
  yield* append(tx, { log: spaceLog(space), name: 'space.picture-set', by, data: { picture } });
  yield* showSpaceToGuests(tx, space, by);
}
