import type { Role, SpaceId, SpaceMember, SpaceView, UserId } from '@confab/protocol';
import { spaceLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import { namedSo, type PersonRow, personOf } from '../accounts/index.ts';
import { startLog } from '../log.ts';

interface ViewRow {
  id: SpaceId;
  name: string;
  role: Role;
  /** Empty for none. */
  picture: string;
  welcome: string;
  greet: number;
  epoch: number;
  head: number;
  count: number;
  members: number;
}

interface MemberRow extends PersonRow {
  role: Role;
  joined_at: number;
}

const views = `SELECT sp.id, sp.name, sm.role, sp.picture, sp.welcome, sm.greet, l.epoch, l.head, l.count,
    (SELECT COUNT(*) FROM space_members c WHERE c.space_id = sp.id) AS members
  FROM space_members sm JOIN spaces sp ON sp.id = sm.space_id JOIN logs l ON l.id = 'space:' || sp.id
  WHERE sm.user_id = ?`;

/** Guests do not learn who and what else is in the space: no position, and no number of members either. */
function viewOf(row: ViewRow): SpaceView {
  const guest = row.role === 'guest';
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    memberCount: guest ? 0 : row.members,
    ...(row.picture === '' ? {} : { picture: row.picture }),
    ...(row.welcome === '' ? {} : { welcome: row.welcome }),
    ...(row.greet === 1 ? { greet: true } : {}),
    position: guest ? null : { epoch: row.epoch, seq: row.head, count: row.count },
  };
}

/** The spaces of a user, the oldest first. */
export function* spacesOf(user: UserId): Step<SpaceView[]> {
  return (yield* sql.all<ViewRow>(`${views} ORDER BY sp.id`, user)).map(viewOf);
}

/** A space as one of its members sees it. */
export function* spaceAsSeenBy(user: UserId, space: SpaceId): Step<SpaceView> {
  const row = yield* sql.get<ViewRow>(`${views} AND sp.id = ?`, user, space);
  if (!row) throw new Error('There is no such member of a space.');
  return viewOf(row);
}

export function* insertSpace(space: { id: SpaceId; name: string; by: UserId; now: number }): Step<void> {
  yield* sql.run(
    'INSERT INTO spaces (id, name, created_by, created_at) VALUES (?, ?, ?, ?)',
    space.id,
    space.name,
    space.by,
    space.now,
  );
  yield* startLog(spaceLog(space.id));
}

export function* countSpaces(): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM spaces'))?.n ?? 0;
}

/** The space that came with the set-up; its owners own the instance. Ids grow with time. */
export function* oldestSpace(): Step<SpaceId | undefined> {
  return (yield* sql.get<{ id: SpaceId }>('SELECT id FROM spaces ORDER BY id LIMIT 1'))?.id;
}

export function* setSpaceName(space: SpaceId, name: string): Step<void> {
  yield* sql.run('UPDATE spaces SET name = ? WHERE id = ?', name, space);
}

export function* roleIn(space: SpaceId, user: UserId): Step<Role | undefined> {
  const row = yield* sql.get<{ role: Role }>(
    'SELECT role FROM space_members WHERE space_id = ? AND user_id = ?',
    space,
    user,
  );
  return row?.role;
}

export function* countMembers(space: SpaceId): Step<number> {
  return (yield* sql.get<{ n: number }>('SELECT COUNT(*) AS n FROM space_members WHERE space_id = ?', space))?.n ?? 0;
}

export function* countOwners(space: SpaceId): Step<number> {
  const row = yield* sql.get<{ n: number }>(
    "SELECT COUNT(*) AS n FROM space_members WHERE space_id = ? AND role = 'owner'",
    space,
  );
  return row?.n ?? 0;
}

export function* guestsOf(space: SpaceId): Step<UserId[]> {
  const rows = yield* sql.all<{ user: UserId }>(
    "SELECT user_id AS user FROM space_members WHERE space_id = ? AND role = 'guest' ORDER BY user_id",
    space,
  );
  return rows.map((row) => row.user);
}

export function* welcomeOf(space: SpaceId): Step<string> {
  return (yield* sql.get<{ welcome: string }>('SELECT welcome FROM spaces WHERE id = ?', space))?.welcome ?? '';
}

export function* setWelcomeText(space: SpaceId, welcome: string): Step<void> {
  yield* sql.run('UPDATE spaces SET welcome = ? WHERE id = ?', welcome, space);
}

/** `false` when they were not greeted any more. */
export function* stopGreeting(space: SpaceId, user: UserId): Step<boolean> {
  const changed = yield* sql.run(
    'UPDATE space_members SET greet = 0 WHERE space_id = ? AND user_id = ? AND greet = 1',
    space,
    user,
  );
  return changed === 1;
}

/** Whoever comes while the space has something to say to them is greeted with it. */
export function* insertMember(space: SpaceId, user: UserId, role: Role, now: number): Step<void> {
  yield* sql.run(
    `INSERT INTO space_members (space_id, user_id, role, joined_at, greet)
     VALUES (?, ?, ?, ?, (SELECT CASE WHEN welcome = '' THEN 0 ELSE 1 END FROM spaces WHERE id = ?))`,
    space,
    user,
    role,
    now,
    space,
  );
}

export function* setMemberRole(space: SpaceId, user: UserId, role: Role): Step<void> {
  yield* sql.run('UPDATE space_members SET role = ? WHERE space_id = ? AND user_id = ?', role, space, user);
}

export function* deleteMember(space: SpaceId, user: UserId): Step<void> {
  yield* sql.run('DELETE FROM space_members WHERE space_id = ? AND user_id = ?', space, user);
}

/** Members after a user id, ascending by id. */
export function* membersAfter(space: SpaceId, after: string, limit: number, text?: string): Step<SpaceMember[]> {
  const { condition, parameters } = namedSo(text);
  const rows = yield* sql.all<MemberRow>(
    `SELECT u.id, u.handle, u.name, u.disabled_at, u.kind, u.picture, u.status, u.do_not_disturb, sm.role, sm.joined_at
     FROM space_members sm JOIN users u ON u.id = sm.user_id
     WHERE sm.space_id = ? AND sm.user_id > ? ${condition} ORDER BY sm.user_id LIMIT ?`,
    space,
    after,
    ...parameters,
    limit,
  );
  return rows.map((row) => ({
    person: personOf(row),
    role: row.role,
    joinedAt: row.joined_at,
  }));
}
