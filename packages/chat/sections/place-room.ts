import type { RoomPlace } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { sectionIn } from './change-sections.ts';
import { placesOf, putPlace, sectionsOf } from './section-store.ts';

export const placeRoom = operation({
  name: 'section.place',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor: { user }, reached, tx }, { section, favourite }) {
    const places = yield* placesOf(user);
    const before = places.find(({ room }) => room === reached.id);
    if ((before?.section ?? null) === section && (before?.favourite ?? false) === favourite) return {};
    if (section !== null) {
      const { space } = sectionIn(yield* sectionsOf(user), section);
      // Directs and groups belong to no space, and stand wherever one likes.
      if (reached.space !== null && reached.space !== space) throw new Refusal('not-found');
    }
    if (before === undefined && places.length >= limits.roomPlacesPerPerson) {
      throw new Refusal('limit-reached', { limit: limits.roomPlacesPerPerson, what: 'rooms in sections' });
    }
    const place: RoomPlace = {
      room: reached.id,
      ...(section === null ? {} : { section }),
      ...(favourite ? { favourite: true } : {}),
    };
    yield* putPlace(user, place);
    yield* append(tx, { log: inboxLog(user), name: 'inbox.room-placed', by: user, data: place });
    return {};
  },
});
