import type { RoomId, UserId } from '@confab/protocol';
import { inboxLog, roomLog, spaceLog } from '@confab/protocol/ids.ts';
import { withPicture } from '@confab/protocol/picture-fold.ts';
import type { FakeServer, Handlers } from './fake-server.ts';

/** What the fake server does with pictures: the hash of each is its own content. */
export function pictureHandlers(server: FakeServer): Handlers {
  const setOwn = (user: UserId, picture: string | null) => {
    const person = server.people.get(user);
    if (person === undefined) return {};
    const me = withPicture(person, picture);
    server.people.set(user, me);
    server.log(inboxLog(user))?.append('inbox.profile-changed', user, { me });
    return me;
  };
  const setOfRoom = (user: UserId, room: RoomId, picture: string | null) => {
    const found = server.rooms.get(room);
    if (found) Object.assign(found, { info: withPicture(found.info, picture) });
    server.log(roomLog(room))?.append('room.picture-set', user, { picture });
    return { picture };
  };
  return {
    'account.set-picture': (user, { file }) => setOwn(user, file),
    'account.remove-picture': (user) => setOwn(user, null),
    'room.set-picture': (user, { room, file }) => setOfRoom(user, room, file),
    'room.remove-picture': (user, { room }) => setOfRoom(user, room, null),
    'space.set-picture': (user, { space, file }) => {
      server.log(spaceLog(space))?.append('space.picture-set', user, { picture: file });
      return { picture: file };
    },
    'space.remove-picture': (user, { space }) => {
      server.log(spaceLog(space))?.append('space.picture-set', user, { picture: null });
      return {};
    },
  };
}
