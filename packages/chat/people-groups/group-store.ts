import type { PeopleGroup, PeopleGroupId, SpaceId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

interface GroupRow {
  id: PeopleGroupId;
  space_id: SpaceId;
  handle: string;
  name: string;
}

const columns = 'id, space_id, handle, name';

/** Groups as rows say, with the people in them. */
function* whole(rows: readonly GroupRow[]): Step<PeopleGroup[]> {
  if (rows.length === 0) return [];
  const members = yield* sql.all<{ group_id: PeopleGroupId; user_id: UserId }>(
    'SELECT group_id, user_id FROM people_group_members WHERE group_id = ANY (?) ORDER BY user_id',
    rows.map(({ id }) => id),
  );
  const people = new Map<PeopleGroupId, UserId[]>(rows.map(({ id }) => [id, []]));
  for (const { group_id, user_id } of members) people.get(group_id)?.push(user_id);
  return rows.map(({ id, space_id, handle, name }) => ({
    id,
    space: space_id,
    handle,
    name,
    people: people.get(id) ?? [],
  }));
}

/** All groups of a space, by handle. */
export function* groupsOf(space: SpaceId): Step<PeopleGroup[]> {
  return yield* whole(
    yield* sql.all<GroupRow>(`SELECT ${columns} FROM people_groups WHERE space_id = ? ORDER BY handle`, space),
  );
}

export function* groupById(space: SpaceId, group: PeopleGroupId): Step<PeopleGroup | undefined> {
  const row = yield* sql.get<GroupRow>(
    `SELECT ${columns} FROM people_groups WHERE id = ? AND space_id = ?`,
    group,
    space,
  );
  return row && (yield* whole([row]))[0];
}

/** Groups of a space that one person is in. */
export function* groupsWith(space: SpaceId, user: UserId): Step<PeopleGroup[]> {
  const rows = yield* sql.all<GroupRow>(
    `SELECT ${columns} FROM people_groups WHERE space_id = ?
     AND id IN (SELECT group_id FROM people_group_members WHERE user_id = ?) ORDER BY id`,
    space,
    user,
  );
  return yield* whole(rows);
}

/** Those of these handles that are groups of a space, in the order of the handles. */
export function* groupsByHandle(
  space: SpaceId,
  handles: readonly string[],
): Step<{ id: PeopleGroupId; handle: string }[]> {
  const rows = yield* sql.all<{ id: PeopleGroupId; handle: string }>(
    'SELECT id, handle FROM people_groups WHERE space_id = ? AND handle = ANY (?)',
    space,
    handles,
  );
  return rows.sort((a, b) => handles.indexOf(a.handle) - handles.indexOf(b.handle));
}

/** Whether a person of the instance, or another group of the space, has this handle. */
export function* isHandleTaken(space: SpaceId, handle: string, group: PeopleGroupId | ''): Step<boolean> {
  const row = yield* sql.get(
    `SELECT 1 AS yes FROM users WHERE handle = ?
     UNION SELECT 1 FROM people_groups WHERE space_id = ? AND handle = ? AND id <> ?`,
    handle,
    space,
    handle,
    group,
  );
  return row !== undefined;
}

export function* countGroups(space: SpaceId): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM people_groups WHERE space_id = ?', space))?.n ?? 0;
}

/** How many of these people are in a space. */
export function* countMembers(space: SpaceId, people: readonly UserId[]): Step<number> {
  const row = yield* sql.get<{ n: number }>(
    'SELECT COUNT(*) AS n FROM space_members WHERE space_id = ? AND user_id = ANY (?)',
    space,
    people,
  );
  return row?.n ?? 0;
}

export function* insertGroup({ id, space, handle, name }: Omit<PeopleGroup, 'people'>): Step<void> {
  yield* sql.run('INSERT INTO people_groups (id, space_id, handle, name) VALUES (?, ?, ?, ?)', id, space, handle, name);
}

export function* setGroupNames(group: PeopleGroupId, handle: string, name: string): Step<void> {
  yield* sql.run('UPDATE people_groups SET handle = ?, name = ? WHERE id = ?', handle, name, group);
}

export function* setGroupPeople(group: PeopleGroupId, people: readonly UserId[]): Step<void> {
  yield* sql.run('DELETE FROM people_group_members WHERE group_id = ?', group);
  for (const user of people) {
    yield* sql.send('INSERT INTO people_group_members (group_id, user_id) VALUES (?, ?)', group, user);
  }
}

export function* deleteGroup(group: PeopleGroupId): Step<void> {
  yield* sql.run('DELETE FROM people_group_members WHERE group_id = ?', group);
  yield* sql.run('DELETE FROM people_groups WHERE id = ?', group);
}
