import type { PushSubscriptionId } from '@confab/protocol';
import { initialSettings } from '@confab/protocol/initial-settings.ts';
import { expect, it } from 'vitest';
import { type CheckedFacts, checksOf } from './checks.ts';

const subscription = 'one' as PushSubscriptionId;
const email = { address: 'ada@example.org', verified: true, sentAt: 1, failure: null };
const good: CheckedFacts = {
  ...{ secure: true, permission: 'granted', settings: initialSettings, silentRooms: 0, now: 1_000 },
  push: { status: 'on', subscription, sentAt: 1, failure: null },
  mail: { state: 'ready', email },
};
const settings = (change: Partial<typeof initialSettings>) => ({ settings: { ...initialSettings, ...change } });

const stuck = (change: Partial<CheckedFacts>): string[] =>
  checksOf({ ...good, ...change }).flatMap(({ what, state }) => (state === 'ok' ? [] : `${what}: ${state}`));

it('finds nothing to say where everything works', () => {
  expect(stuck({})).toEqual([]);
});

it.each<[Partial<CheckedFacts>, string[]]>([
  [{ permission: 'denied' }, ['Your permission: blocked']],
  [{ permission: 'default' }, ['Your permission: blocked']],
  [{ permission: 'unsupported', secure: false }, ['This browser: blocked', 'Your permission: blocked']],
  [{ push: { status: 'off' } }, ['Your browser’s push service: note']],
  [
    { push: { status: 'impossible', why: 'no-worker' } },
    ['In the background: note', 'Your browser’s push service: note'],
  ],
  [
    { push: { status: 'on', subscription, sentAt: 1, failure: 'not-allowed' } },
    ['Your browser’s push service: blocked'],
  ],
  [settings({ doNotDisturb: { until: 1_001, schedule: null } }), ['Quiet hours: blocked']],
  [settings({ notifyDirects: 'none' }), ['What you want to be told of: note']],
  [settings({ notifyDirects: 'none', notifyChannels: 'none' }), ['What you want to be told of: blocked']],
  [{ silentRooms: 3 }, ['Muted rooms: note']],
  [settings({ notifySound: 'off' }), ['Sound: note']],
  [{ mail: { state: 'no-server', email: null } }, ['E-mail: note']],
  [{ mail: { state: 'no-public-url', email } }, ['E-mail: note']],
  [{ mail: { state: 'ready', email: null } }, ['E-mail: note']],
  [{ mail: { state: 'ready', email: { ...email, verified: false } } }, ['E-mail: note']],
  [{ mail: { state: 'ready', email: { ...email, failure: 'refused' } } }, ['E-mail: blocked']],
  [settings({ mailDigest: 'never' }), ['E-mail: note']],
])('says where %j gets stuck', (change, expected) => {
  expect(stuck(change)).toEqual(expected);
});
