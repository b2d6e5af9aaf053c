import type { Settings, SettingsChange, UserId } from '@confab/protocol';
import { initialSettings } from '@confab/protocol/initial-settings.ts';
import { type Step, sql } from '@confab/storage';

interface SettingRow {
  name: string;
  value: string;
}

/** A person's settings; what they never set is as it is for everybody. */
export function* settingsOf(user: UserId): Step<Settings> {
  const rows = yield* sql.all<SettingRow>('SELECT name, value FROM account_settings WHERE user_id = ?', user);
  const known = rows.filter(({ name }) => Object.hasOwn(initialSettings, name));
  return { ...initialSettings, ...Object.fromEntries(known.map(({ name, value }) => [name, JSON.parse(value)])) };
}

/** Those of many people. */
export function* settingsOfAll(users: readonly UserId[]): Step<Map<UserId, Settings>> {
  const all = new Map(users.map((user): [UserId, Settings] => [user, initialSettings]));
  if (users.length === 0) return all;
  const rows = yield* sql.all<SettingRow & { user: UserId }>(
    'SELECT user_id AS "user", name, value FROM account_settings WHERE user_id = ANY (?)',
    users,
  );
  for (const { user, name, value } of rows) {
    const settings = all.get(user);
    if (settings && Object.hasOwn(initialSettings, name)) all.set(user, { ...settings, [name]: JSON.parse(value) });
  }
  return all;
}

export function* storeSettings(user: UserId, change: SettingsChange): Step<void> {
  for (const [name, value] of Object.entries(change)) {
    yield* sql.run(
      `INSERT INTO account_settings (user_id, name, value) VALUES (?, ?, ?)
       ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value`,
      user,
      name,
      JSON.stringify(value),
    );
  }
}
