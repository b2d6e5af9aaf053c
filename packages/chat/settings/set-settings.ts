import { isDeepStrictEqual } from 'node:util';
import type { Settings, SettingsChange } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { settingsOf, storeSettings } from './settings-store.ts';

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Those that say something else than is so already. */
function changed(before: Settings, params: SettingsChange): SettingsChange {
  const isNew = ([name, value]: [string, unknown]) => !isDeepStrictEqual(value, before[name as keyof Settings]);
  return Object.fromEntries(Object.entries(params).filter(isNew));
}

export const setSettings = operation({
  name: 'account.set-settings',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, params) {
    const schedule = params.doNotDisturb?.schedule;
    if (schedule && !isTimeZone(schedule.timeZone)) {
      const path = '/doNotDisturb/schedule/timeZone';
      throw new Refusal('invalid-params', { path, problem: 'not the name of a time zone' });
    }
    const before = yield* settingsOf(actor.user);
    const change = changed(before, params);
    if (Object.keys(change).length === 0) return before;
    yield* storeSettings(actor.user, change);
    const log = inboxLog(actor.user);
    yield* append(tx, { log, name: 'inbox.settings-changed', by: actor.user, data: change });
    yield* tx.happened<'settings-changed'>({ kind: 'settings-changed', user: actor.user, change });
    return { ...before, ...change };
  },
});
