import { expect, test } from 'vitest';
import { negotiateVersion, protocolVersions } from './version.ts';

test('[H3] the newest version that both sides speak is taken', () => {
  expect(negotiateVersion([...protocolVersions])).toBe(protocolVersions[0]);
  expect(negotiateVersion([0, 1, 9_999])).toBe(1);
});

test('[H3] without a common version there is none', () => {
  expect(negotiateVersion([])).toBeUndefined();
  expect(negotiateVersion([0, 2.5, 9_999])).toBeUndefined();
});
