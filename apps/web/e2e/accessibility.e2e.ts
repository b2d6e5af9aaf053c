import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rulesOfColour, violations } from './axe-violations.ts';
import { furnish } from './furnish.ts';
import type { Visitor } from './people.ts';
import { firstRun, type Place, screens } from './screens.ts';
import { Stage } from './stage.ts';

const themes = ['light', 'dark'] as const;
const desk = { viewport: { width: 1_280, height: 800 } };

let stage: Stage;
let owner: Visitor;
let stranger: Visitor;
let place: Place;

beforeAll(async () => {
  stage = await Stage.open();
  owner = await stage.visitor(desk);
  stranger = await stage.visitor(desk);
}, 720_000);

afterAll(() => stage?.close());

test('axe finds what is wrong on a page that is wrong', async () => {
  const page = await stranger.context.newPage();
  await page.setContent('<html lang="en"><title>Wrong</title><main><h1>Wrong</h1><img src="data:,"></main></html>');
  expect(await violations(page)).toEqual([expect.stringContaining('image-alt')]);
  await page.close();
});

test('axe finds what is wrong in one theme only when a page that was loaded in the other comes to it', async () => {
  const page = await stranger.context.newPage();
  const style = '<style>:root { color-scheme: light dark; background: light-dark(#fff, #111); color: #222; }</style>';
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setContent(`<html lang="en"><title>Dark</title>${style}<main><h1>Dark</h1><p>Words</p></main></html>`);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, rulesOfColour)).toEqual(Array(2).fill(expect.stringContaining('color-contrast')));
  await page.close();
});

test.each(themes)('the first run has no violations in %s', async (theme) => {
  await stranger.page.emulateMedia({ colorScheme: theme });
  await firstRun.open(stranger.page, { room: '', join: '' });
  expect(await violations(stranger.page)).toEqual([]);
});

describe('after the first run', () => {
  beforeAll(async () => {
    place = await furnish(owner.page, stranger);
  }, 180_000);

  // Loading the app takes longer than looking at it: each screen is opened once and looked at in both themes.
  describe.each(screens)('$name', ({ signedIn, open }) => {
    let page: Page;
    beforeAll(async () => {
      page = (signedIn ? owner : stranger).page;
      await open(page, place);
    });

    test.each(themes)('has no violations in %s', async (theme) => {
      await page.emulateMedia({ colorScheme: theme });
      expect(await violations(page, theme === 'light' ? undefined : rulesOfColour)).toEqual([]);
    });
  });
});
