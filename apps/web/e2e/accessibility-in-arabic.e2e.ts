import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './axe-violations.ts';
import { furnish } from './furnish.ts';
import { pageInLanguage } from './page-in-language.ts';
import { type Place, screens } from './screens.ts';
import { Stage } from './stage.ts';

/** The usual run asks a quarter of the screens: their parts are shared. CONFAB_TEST_EVERY_STEP=1 asks them all. */
const everyScreen = process.env.CONFAB_TEST_EVERY_STEP === '1';
const asked = screens.filter((_, index) => everyScreen || index % 4 === 0);

const desk = { viewport: { width: 1_280, height: 800 }, locale: 'ar', colorScheme: 'dark' } as const;
const catalogue = JSON.parse(readFileSync(new URL('../language/catalogues/ar.json', import.meta.url), 'utf8'));

let stage: Stage;
let owner: Page;
let stranger: Page;
let place: Place;

beforeAll(async () => {
  stage = await Stage.open();
  const someone = await stage.visitor(desk);
  owner = pageInLanguage((await stage.visitor(desk)).page, catalogue);
  stranger = pageInLanguage(someone.page, catalogue);
  place = await furnish(owner, someone);
}, 720_000);

afterAll(() => stage?.close());

describe.each(asked)('$name in Arabic', ({ signedIn, open }) => {
  test('has no violations, and no word of it runs off the page', async () => {
    const page = signedIn ? owner : stranger;
    page.setDefaultTimeout(20_000);
    await open(page, place);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    expect(await violations(page)).toEqual([]);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  });
});
