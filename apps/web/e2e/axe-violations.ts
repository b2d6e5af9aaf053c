import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

type Axe = typeof axe;

/** The rules of axe whose outcome another theme can change: it has other colours and nothing else. */
export const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong. Only that is gathered, and axe is brought once to each page: as its own builder does it, it takes five times as long. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  if (page.frames().length !== 1) throw new Error('Axe looks into no frames.');
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate((only) => {
    const options = { resultTypes: ['violations'], ...(only ? { runOnly: { type: 'rule', values: only } } : {}) };
    return (window as unknown as { axe: Axe }).axe.run(document, options as RunOptions);
  }, rules);
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}
