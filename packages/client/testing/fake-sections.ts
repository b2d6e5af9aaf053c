import type { LoggedEvent, SectionId, UserId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { noArrangement, type RoomArrangement, withPlace, withSectionEvent } from '@confab/protocol/sections-fold.ts';
import type { FakeServer, Handlers } from './fake-server.ts';

/** The lists of rooms that people of the fake server arranged for themselves. */
export class FakeSections {
  readonly of = new Map<UserId, RoomArrangement>();
  made = 0;

  home(user: UserId) {
    const { sections, places } = this.of.get(user) ?? noArrangement;
    return { sections: [...sections], places: [...places.values()] };
  }
}

export function sectionHandlers(server: FakeServer): Handlers {
  const { sections: kept } = server.kept;
  const change = (user: UserId, next: (before: RoomArrangement) => RoomArrangement['sections']) => {
    const before = kept.of.get(user) ?? noArrangement;
    const data = { sections: [...next(before)] };
    kept.of.set(user, withSectionEvent(before, { event: 'inbox.sections-changed', data } as LoggedEvent));
    server.log(inboxLog(user))?.append('inbox.sections-changed', user, data);
    return {};
  };
  return {
    'section.create': (user, { space, name }) => {
      kept.made += 1;
      const section = { id: `section-${kept.made}` as SectionId, space, name, collapsed: false };
      change(user, ({ sections }) => [...sections, section]);
      return { section };
    },
    'section.rename': (user, { section, name }) =>
      change(user, ({ sections }) => sections.map((each) => (each.id === section ? { ...each, name } : each))),
    'section.fold': (user, { section, collapsed }) =>
      change(user, ({ sections }) => sections.map((each) => (each.id === section ? { ...each, collapsed } : each))),
    'section.delete': (user, { section }) =>
      change(user, ({ sections }) => sections.filter(({ id }) => id !== section)),
    'section.move': (user, { section, before: next }) =>
      change(user, ({ sections }) => {
        const moved = sections.filter(({ id }) => id === section);
        const others = sections.filter(({ id }) => id !== section);
        const at = others.findIndex(({ id }) => id === next);
        return others.toSpliced(at === -1 ? others.length : at, 0, ...moved);
      }),
    'section.place': (user, { room, section, favourite }) => {
      if (!server.rooms.has(room)) throw toWireError('not-found');
      const place = {
        room,
        ...(section === null ? {} : { section }),
        ...(favourite ? { favourite: true as const } : {}),
      };
      const before = kept.of.get(user) ?? noArrangement;
      kept.of.set(user, { ...before, places: withPlace(before.places, place) });
      server.log(inboxLog(user))?.append('inbox.room-placed', user, place);
      return {};
    },
  };
}
