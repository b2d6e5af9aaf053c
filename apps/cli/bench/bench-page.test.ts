import { hostname, userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { atMost, told } from '../figures.ts';
import { benchPage, machineLine } from './bench-page.ts';

test('the page has a table for each measurement and says which bars are short', () => {
  const page = benchPage([{ title: 'Waiting', figures: [atMost('p50', 3, 2, 'ms'), told('rate', 5)] }]);
  expect(page).toContain('## Waiting');
  expect(page).toContain('| p50 | 3 ms | ≤ 2 ms (short) |');
  expect(page).toContain('| rate | 5 |  |');
});

test('the machine is described, not named', () => {
  expect(machineLine()).toMatch(/cores of .*GiB of memory, Linux \d+\.\d+, Node \d+/);
  expect(machineLine()).not.toContain(hostname());
  expect(machineLine()).not.toContain(`/${userInfo().username}`);
});
