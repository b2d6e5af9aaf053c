import type { DoNotDisturb, Person, Status, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import { startLog } from '../log.ts';

export interface PersonRow {
  id: UserId;
  handle: string;
  name: string;
  disabled_at: number | null;
  kind: 'person' | 'bot';
  /** Empty for none. */
  picture: string;
  /** As JSON. */
  status: string | null;
  /** As JSON. */
  do_not_disturb: string | null;
}

export interface Credentials {
  readonly user: UserId;
  readonly passwordHash: string;
}

export interface NewUser {
  readonly id: UserId;
  readonly handle: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly now: number;
}

export const personOf = (row: PersonRow): Person => ({
  id: row.id,
  handle: row.handle,
  name: row.name,
  disabled: row.disabled_at !== null,
  ...(row.kind === 'bot' ? { bot: true as const } : {}),
  ...(row.picture === '' ? {} : { picture: row.picture }),
  ...(row.status === null ? {} : { status: JSON.parse(row.status) as Status }),
  ...(row.do_not_disturb === null ? {} : { doNotDisturb: JSON.parse(row.do_not_disturb) as DoNotDisturb }),
});

const personColumns = 'id, handle, name, disabled_at, kind, picture, status, do_not_disturb';

export function* isSetUp(): Step<boolean> {
  return (yield* sql.get('SELECT 1 AS yes FROM users LIMIT 1')) !== undefined;
}

export function* isHandleTaken(handle: string): Step<boolean> {
  return (yield* sql.get('SELECT 1 AS yes FROM users WHERE handle = ?', handle)) !== undefined;
}

/** Stores a person together with their inbox. */
export function* insertUser(user: NewUser): Step<void> {
  yield* sql.run(
    'INSERT INTO users (id, handle, name, password_hash, created_at) VALUES (?, ?, ?, ?, ?)',
    user.id,
    user.handle,
    user.name,
    user.passwordHash,
    user.now,
  );
  yield* startLog(inboxLog(user.id));
}

/** Stores an account that programs post with: it has no password that could match. */
export function* insertBot(bot: Omit<NewUser, 'passwordHash'>): Step<void> {
  yield* sql.run(
    "INSERT INTO users (id, handle, name, password_hash, created_at, kind) VALUES (?, ?, ?, '', ?, 'bot')",
    bot.id,
    bot.handle,
    bot.name,
    bot.now,
  );
  yield* startLog(inboxLog(bot.id));
}

/** A person whose id is known to be right. */
export function* personById(user: UserId): Step<Person> {
  const row = yield* sql.get<PersonRow>(`SELECT ${personColumns} FROM users WHERE id = ?`, user);
  if (!row) throw new Error('There is no such user.');
  return personOf(row);
}

/** People by id, whoever asks; ids that are nobody's are left out. Ascending by id. */
export function* peopleByIds(users: readonly UserId[]): Step<Person[]> {
  if (users.length === 0) return [];
  const rows = yield* sql.all<PersonRow>(`SELECT ${personColumns} FROM users WHERE id = ANY (?) ORDER BY id`, users);
  return rows.map(personOf);
}

/** Those of whom an account waits for have none: it is taken over, not signed in to. */
export function* credentialsByHandle(handle: string): Step<Credentials | undefined> {
  return yield* sql.get<Credentials>(
    "SELECT id AS user, password_hash AS \"passwordHash\" FROM users WHERE handle = ? AND kind = 'person' AND password_hash <> ''",
    handle,
  );
}

export function* credentialsOf(user: UserId): Step<Credentials & { handle: string }> {
  const row = yield* sql.get<Credentials & { handle: string }>(
    'SELECT id AS user, handle, password_hash AS "passwordHash" FROM users WHERE id = ?',
    user,
  );
  if (!row) throw new Error('There is no such user.');
  return row;
}

export function* setName(user: UserId, name: string): Step<void> {
  yield* sql.run('UPDATE users SET name = ? WHERE id = ?', name, user);
}

/** Replaces the password if it still is the one that was verified; `false` when it was changed in between. */
export function* replacePassword(user: UserId, verifiedHash: string, nextHash: string): Step<boolean> {
  const changed = yield* sql.run(
    'UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?',
    nextHash,
    user,
    verifiedHash,
  );
  return changed === 1;
}

/** `at`: Unix milliseconds, `null` switches the account on again. `false` when that was so already. */
export function* setDisabled(user: UserId, at: number | null): Step<boolean> {
  const changed = yield* sql.run(
    'UPDATE users SET disabled_at = ? WHERE id = ? AND (disabled_at IS NULL) <> (CAST(? AS BIGINT) IS NULL)',
    at,
    user,
    at,
  );
  return changed === 1;
}
