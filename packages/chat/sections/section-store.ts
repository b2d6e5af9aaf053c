import type { RoomId, RoomPlace, Section, SectionId, SpaceId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

interface SectionRow {
  id: SectionId;
  space_id: SpaceId;
  name: string;
  collapsed: number;
}

/** All of somebody’s sections, in their order. */
export function* sectionsOf(user: UserId): Step<Section[]> {
  const rows = yield* sql.all<SectionRow>(
    'SELECT id, space_id, name, collapsed FROM sections WHERE user_id = ? ORDER BY place, id LIMIT ?',
    user,
    limits.sectionsPerPerson,
  );
  return rows.map(({ id, space_id, name, collapsed }) => ({ id, space: space_id, name, collapsed: collapsed === 1 }));
}

/** Keeps all of somebody’s sections as they are given; what did not change is not written. */
export function* putSections(user: UserId, before: readonly Section[], after: readonly Section[]): Step<void> {
  for (const [place, { id, space, name, collapsed }] of after.entries()) {
    const same = before[place];
    if (same?.id === id && same.name === name && same.collapsed === collapsed) continue;
    yield* sql.run(
      `INSERT INTO sections (id, user_id, space_id, name, collapsed, place) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, collapsed = excluded.collapsed, place = excluded.place`,
      id,
      user,
      space,
      name,
      collapsed ? 1 : 0,
      place,
    );
  }
  const kept = new Set(after.map(({ id }) => id));
  for (const { id } of before) if (!kept.has(id)) yield* deleteSection(user, id);
}

function* deleteSection(user: UserId, id: SectionId): Step<void> {
  yield* sql.run("UPDATE room_places SET section_id = '' WHERE user_id = ? AND section_id = ?", user, id);
  yield* sql.run("DELETE FROM room_places WHERE user_id = ? AND section_id = '' AND favourite = 0", user);
  yield* sql.run('DELETE FROM sections WHERE id = ?', id);
}

interface PlaceRow {
  room_id: RoomId;
  section_id: SectionId | '';
  favourite: number;
}

/** Where somebody’s rooms stand, those that stand somewhere in particular, by id. */
export function* placesOf(user: UserId): Step<RoomPlace[]> {
  const rows = yield* sql.all<PlaceRow>(
    'SELECT room_id, section_id, favourite FROM room_places WHERE user_id = ? ORDER BY room_id',
    user,
  );
  return rows.map(({ room_id, section_id, favourite }) => ({
    room: room_id,
    ...(section_id === '' ? {} : { section: section_id }),
    ...(favourite === 1 ? { favourite: true as const } : {}),
  }));
}

export function* putPlace(user: UserId, { room, section, favourite }: RoomPlace): Step<void> {
  if (section === undefined && favourite === undefined) {
    yield* sql.run('DELETE FROM room_places WHERE user_id = ? AND room_id = ?', user, room);
    return;
  }
  yield* sql.run(
    `INSERT INTO room_places (user_id, room_id, section_id, favourite) VALUES (?, ?, ?, ?)
     ON CONFLICT (user_id, room_id) DO UPDATE SET section_id = excluded.section_id, favourite = excluded.favourite`,
    user,
    room,
    section ?? '',
    favourite ? 1 : 0,
  );
}
