import type { RoomId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** Fewer people are a direct's, which nobody leaves and nobody is added to. */
const fewestOfGroup = 3;

/** What there is one place for. `people` ascending, each once. */
const keyOf = (people: readonly UserId[]) => people.join(' ');

/** The place of these people, ascending, whether they have one yet or not. */
export function* placeOf(people: readonly UserId[]): Step<RoomId | undefined> {
  const row = yield* sql.get<{ id: RoomId }>('SELECT id FROM rooms WHERE people_key = ?', keyOf(people));
  return row?.id;
}

/** Makes a room the place of these people; `false` when they have one by now. */
export function* claimPlace(room: RoomId, people: readonly UserId[]): Step<boolean> {
  if ((yield* placeOf(people)) !== undefined) return false;
  yield* sql.run('UPDATE rooms SET people_key = ? WHERE id = ?', keyOf(people), room);
  return true;
}

/**
 * The people of a group changed: it is the place of those who are in it now, unless there is one for them already or
 * they are too few.
 */
export function* settlePlace(room: RoomId): Step<void> {
  yield* sql.run('UPDATE rooms SET people_key = NULL WHERE id = ?', room);
  const people = yield* peopleIn(room);
  if (people.length >= fewestOfGroup) yield* claimPlace(room, people);
}

/** Everybody who is in a room, ascending. For directs and groups, which are small. */
export function* peopleIn(room: RoomId): Step<UserId[]> {
  const rows = yield* sql.all<{ user: UserId }>(
    'SELECT user_id AS user FROM room_members WHERE room_id = ? ORDER BY user_id',
    room,
  );
  return rows.map((row) => row.user);
}
