import { afterAll, beforeAll, expect, test } from 'vitest';
import { say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

const size = { width: 1_280, height: 900 };

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo', { viewport: size });
  for (const { page } of [ada, bo]) page.setDefaultTimeout(10_000);
}, 720_000);

afterAll(() => stage?.close());

/** Takes the attention of the person from the page, or gives it back. */
const attend = ({ page }: Visitor, looks: boolean) =>
  page.evaluate((looks) => {
    document.hasFocus = () => looks;
    dispatchEvent(new Event(looks ? 'focus' : 'blur'));
  }, looks);

test('what stood below the screen for a moment is read once it stands on it', async () => {
  const { page } = bo;
  await page.goto(ada.page.url());
  const room = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: /^general/ });
  const read = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'general', exact: true });
  await attend(bo, false);
  await say(ada.page, 'The planks have come');
  await page.getByRole('article').filter({ hasText: 'The planks' }).waitFor();
  await expect.poll(() => room.textContent()).toContain('1 unread');

  const scroller = page.getByRole('article').filter({ hasText: 'The planks' }).locator('xpath=ancestor::ol/..');
  const tall = await scroller.evaluateHandle((list) => {
    const below = list.appendChild(document.createElement('div'));
    below.style.cssText = 'flex: none; height: 1200px';
    return below;
  });
  await attend(bo, true);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(await room.textContent()).toContain('1 unread');
  await tall.evaluate((below) => below.remove());
  await page.setViewportSize({ ...size, height: size.height + 1 });
  await read.waitFor();
});
