import { expect, test } from 'vitest';
import { compareVersions, versionProblems } from './check-versions.ts';

const minimum = { npm: { ws: '8.21.0' }, runtime: { sqlite: '3.51.3' } };
const lockfile = (packages: Record<string, { version?: string; link?: boolean }>) => ({ packages });
const sqlite = { sqlite: '3.53.0' };

test('versions at or above their floor are fine, as are packages without one', () => {
  const packages = { '': {}, 'node_modules/ws': { version: '8.21.0' }, 'node_modules/old': { version: '0.0.1' } };
  expect(versionProblems(minimum, lockfile(packages), sqlite)).toEqual([]);
});

test('an old version is found at the top and nested', () => {
  const packages = {
    'node_modules/ws': { version: '8.20.9' },
    'node_modules/engine.io/node_modules/ws': { version: '8.17.1' },
    'packages/ws': { version: '0.1.0' },
  };
  expect(versionProblems(minimum, lockfile(packages), sqlite)).toEqual([
    'node_modules/ws is 8.20.9; at least 8.21.0',
    'node_modules/engine.io/node_modules/ws is 8.17.1; at least 8.21.0',
  ]);
});

test('an old or missing part of the runtime is found', () => {
  expect(versionProblems(minimum, lockfile({}), { sqlite: '3.50.9' })).toHaveLength(1);
  expect(versionProblems(minimum, lockfile({}), {})).toHaveLength(1);
});

test.each([
  ['1.2.3', '1.2.3', 0],
  ['1.2.10', '1.2.9', 1],
  ['1.10.0', '1.9.9', 1],
  ['2.0.0-rc.1', '2.0.0', -1],
  ['3.51', '3.51.3', -1],
])('%s against %s compares as %i', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
