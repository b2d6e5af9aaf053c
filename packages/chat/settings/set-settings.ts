import type { SettingsChange } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Where a time zone may stand. */
function zonesOf({ doNotDisturb, mailTimeZone }: SettingsChange): [path: string, zone: string | undefined][] {
  return [
    ['/doNotDisturb/schedule/timeZone', doNotDisturb?.schedule?.timeZone],
    ['/mailTimeZone', mailTimeZone],
  ];
}

export const setSettings = operation({
  name: 'account.set-settings',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, params) {
    for (const [path, zone] of zonesOf(params)) {
      if (zone === undefined || isTimeZone(zone)) continue;
      throw new Refusal('invalid-params', { path, problem: 'not the name of a time zone' });
    }
    return yield* changeSettings(tx, actor.user, params);
  },
});
