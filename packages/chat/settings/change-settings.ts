import { isDeepStrictEqual } from 'node:util';
import type { Settings, SettingsChange, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { settingsOf, storeSettings } from './settings-store.ts';

/** Those that say something else than is so already. */
function changed(before: Settings, params: SettingsChange): SettingsChange {
  const isNew = ([name, value]: [string, unknown]) => !isDeepStrictEqual(value, before[name as keyof Settings]);
  return Object.fromEntries(Object.entries(params).filter(isNew));
}

/** Changes some settings of a person and tells their devices; what stays the same is told to nobody. */
export function* changeSettings(tx: Transaction, user: UserId, params: SettingsChange): Step<Settings> {
  const before = yield* settingsOf(user);
  const change = changed(before, params);
  if (Object.keys(change).length === 0) return before;
  yield* storeSettings(user, change);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.settings-changed', by: user, data: change });
  yield* tx.happened<'settings-changed'>({ kind: 'settings-changed', user, change });
  return { ...before, ...change };
}
