import type { Page } from 'playwright-core';
import { composer } from './people.ts';

/** What lies over a page until Escape is pressed. */
const layers = 'dialog[open], [role="dialog"], [role="menu"], [role="listbox"]';
const mostLayers = 4;
/** Shows a page of its own, so that the one after it begins anew even where one was there already. */
const elsewhere = '/no/such/address';

/**
 * Goes to an address in the app that runs in the page, as its own links do: loading it anew takes four times as long,
 * and what is shown is the same. For someone signed in.
 */
export async function arrive(page: Page, path: string): Promise<void> {
  if (page.url() === 'about:blank' || !(await closeLayers(page))) {
    await page.goto(path);
    return;
  }
  for (const address of [elsewhere, path]) {
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, address);
    if (address === elsewhere) await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  }
}

/** Whether none is left. */
async function closeLayers(page: Page): Promise<boolean> {
  const open = page.locator(layers).filter({ visible: true });
  for (let pressed = 0; pressed < mostLayers; pressed += 1) {
    if ((await open.count()) === 0) return true;
    await page.keyboard.press('Escape');
  }
  return (await open.count()) === 0;
}

/** A room with what was said in it. */
export async function inRoom(page: Page, { room }: { room: string }): Promise<void> {
  await arrive(page, room);
  await composer(page).waitFor();
  await page.getByRole('article').first().waitFor();
}
