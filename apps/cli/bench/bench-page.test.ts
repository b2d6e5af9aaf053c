import { hostname, userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { atMost, told } from '../figures.ts';
import { benchPage, machineLine } from './bench-page.ts';

const nowMs = Date.UTC(2026, 10, 22);

test('the page has a table for each measurement and says which bars are short', () => {
  const waiting = { title: 'Waiting', figures: [atMost('p50', 3, 2, 'ms'), told('rate', 5)], taken: 0 };
  const page = benchPage('', waiting, ['Waiting'], nowMs);
  expect(page).toContain(`## Waiting\nMeasured on 2026-11-22, on ${machineLine()}.\n`);
  expect(page).toContain('| p50 | 3 ms | ≤ 2 ms (short) |');
  expect(page).toContain('| rate | 5 |  |');
});

test('a processor that others used as well is told of', () => {
  const page = benchPage('', { title: 'Waiting', figures: [], taken: 12 }, ['Waiting'], nowMs);
  expect(page).toContain(`${machineLine()}. Other machines of the host took 12 % of the processor.\n`);
});

test('what is measured anew takes the place of what was measured before, and leaves the rest', () => {
  const titles = ['First', 'Second'];
  const measure = (page: string, title: string, rate: number) =>
    benchPage(page, { title, figures: [told('rate', rate)], taken: 0 }, titles, nowMs);
  const once = measure(measure(measure('', 'Second', 2), 'First', 1), 'Gone', 9);
  const again = measure(once, 'Second', 3);
  expect(again.match(/^## .*|rate \| \d+/gm)).toEqual(['## First', 'rate | 1', '## Second', 'rate | 3']);
  expect(again).toBe(measure(again, 'First', 1));
});

test('the machine is described, not named', () => {
  expect(machineLine()).toMatch(/cores of .*GiB of memory, Linux \d+\.\d+, Node \d+/);
  expect(machineLine()).not.toContain(hostname());
  expect(machineLine()).not.toContain(`/${userInfo().username}`);
});
