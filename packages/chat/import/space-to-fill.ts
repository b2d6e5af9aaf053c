import type { SpaceId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { SpaceToFill } from './moved.ts';

/** All spaces, the oldest first, each with an owner of it. */
export function* spacesToFill(): Step<SpaceToFill[]> {
  return yield* sql.all<SpaceToFill>(
    `SELECT s.id, s.name, (SELECT COUNT(*) FROM rooms r WHERE r.space_id = s.id) AS rooms,
       (SELECT MIN(m.user_id) FROM space_members m WHERE m.space_id = s.id AND m.role = 'owner') AS owner
     FROM spaces s WHERE EXISTS (SELECT 1 FROM space_members m WHERE m.space_id = s.id AND m.role = 'owner')
     ORDER BY s.id`,
  );
}

/** The names, folded, that public rooms of a space have. */
export function* takenNames(space: SpaceId): Step<string[]> {
  const rows = yield* sql.all<{ name: string }>(
    "SELECT folded_name AS name FROM rooms WHERE space_id = ? AND visibility = 'public'",
    space,
  );
  return rows.map(({ name }) => name);
}

/** Of these sets of people (their ids in order with a space between) those that have a place. */
export function* takenPlaces(keys: readonly string[]): Step<string[]> {
  const rows = yield* sql.all<{ key: string }>('SELECT people_key AS key FROM rooms WHERE people_key = ANY (?)', keys);
  return rows.map(({ key }) => key);
}

export interface MemberRole {
  readonly user: UserId;
  readonly role: string;
}

/** The roles that these people have in a space. */
export function* rolesIn(space: SpaceId, users: readonly UserId[]): Step<MemberRole[]> {
  return yield* sql.all<MemberRole>(
    'SELECT user_id AS user, role FROM space_members WHERE space_id = ? AND user_id = ANY (?)',
    space,
    users,
  );
}
