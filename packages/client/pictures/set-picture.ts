import type { Person, RoomId, SpaceId } from '@confab/protocol';
import type { Asker } from '../asker.ts';
import { base64Of } from './base64-of.ts';

/** A picture is sent over HTTP: it is larger than a connection’s frame. */
type PictureAsker = Pick<Asker, 'call' | 'callHttp'>;

export async function setOwnPicture(asker: PictureAsker, picture: Blob | null): Promise<Person> {
  if (picture === null) return asker.call('account.remove-picture', {});
  return asker.callHttp('account.set-picture', { file: await base64Of(picture) });
}

export async function setRoomPicture(asker: PictureAsker, room: RoomId, picture: Blob | null): Promise<void> {
  if (picture === null) await asker.call('room.remove-picture', { room });
  else await asker.callHttp('room.set-picture', { room, file: await base64Of(picture) });
}

export async function setSpacePicture(asker: PictureAsker, space: SpaceId, picture: Blob | null): Promise<void> {
  if (picture === null) await asker.call('space.remove-picture', { space });
  else await asker.callHttp('space.set-picture', { space, file: await base64Of(picture) });
}
