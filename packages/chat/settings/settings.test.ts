import { inboxLog } from '@confab/protocol';
import { initialSettings } from '@confab/protocol/initial-settings.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let ada: TestPerson;
let ben: TestPerson;
beforeAll(async () => {
  test = await createTestChat();
  const { owner, space } = await test.found();
  ada = owner;
  ben = await test.addPerson('ben', { space, role: 'member' });
});
afterAll(() => test.close());

const settingsOf = async (who: TestPerson) => (await test.do(who, 'account.home', {})).settings;
const told = async (who: TestPerson) =>
  (await test.events(inboxLog(who.user))).filter(({ event }) => event === 'inbox.settings-changed');
const hours = { days: [1, 2], from: 22 * 60, to: 7 * 60, timeZone: 'Europe/Berlin' };

describe('settings', () => {
  it('[G1] are as they are for everybody until one sets them', async () => {
    expect(await settingsOf(ben)).toEqual(initialSettings);
  });

  it('are changed one by one, for all of one’s sessions and nobody else', async () => {
    await test.do(ada, 'account.set-settings', { theme: 'dark' });
    const answer = await test.do(ada, 'account.set-settings', { undoSendMs: 5_000, textSize: 'large' });
    expect(answer).toEqual({ ...initialSettings, theme: 'dark', undoSendMs: 5_000, textSize: 'large' });
    expect(await settingsOf(await test.addSession(ada))).toEqual(answer);
    expect(await settingsOf(ben)).toEqual(initialSettings);
  });

  it('[G2] are told to one’s other devices when they say something new, and only what is new', async () => {
    const before = (await told(ben)).length;
    await test.do(ben, 'account.set-settings', { density: 'compact', theme: 'system' });
    await test.do(ben, 'account.set-settings', { density: 'compact' });
    expect((await told(ben)).slice(before).map(({ data }) => data)).toEqual([{ density: 'compact' }]);
  });

  it('[G4] hold a language, none until one’s first app has told one', async () => {
    expect((await settingsOf(ben)).language).toBeNull();
    await test.do(ben, 'account.set-settings', { language: 'fr' });
    expect((await settingsOf(ben)).language).toBe('fr');
    expect((await told(ben)).at(-1)?.data).toEqual({ language: 'fr' });
    expect(await test.refusal(ben, 'account.set-settings', { language: 'de-AT' } as never)).toBe('invalid-params');
  });

  it('hold quiet hours with their time zone', async () => {
    const doNotDisturb = { until: null, schedule: hours };
    await test.do(ada, 'account.set-settings', { doNotDisturb });
    expect((await settingsOf(ada)).doNotDisturb).toEqual(doNotDisturb);
    const count = (await told(ada)).length;
    await test.do(ada, 'account.set-settings', { doNotDisturb });
    expect(await told(ada)).toHaveLength(count);
  });

  it.each([
    { theme: 'pink' },
    { undoSendMs: 7_000 },
    { colour: 'red' },
    { doNotDisturb: { until: null, schedule: { ...hours, timeZone: 'Europe/Atlantis' } } },
    { doNotDisturb: { until: null, schedule: { ...hours, days: [] } } },
    { doNotDisturb: { until: null, schedule: { ...hours, from: 24 * 60 } } },
  ])('of another kind are refused: %j', async (params) => {
    expect(await test.refusal(ada, 'account.set-settings', params as never)).toBe('invalid-params');
  });
});
