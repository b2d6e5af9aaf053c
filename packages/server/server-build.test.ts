import { existsSync, readdirSync } from 'node:fs';
import { languages } from '@confab/protocol';
import { expect, test } from 'vitest';
import { ensureServer } from './server-build.ts';

test('the server is built once, and what its threads load lies beside it', async () => {
  const first = await ensureServer();
  expect(await ensureServer()).toBe(first);
  for (const name of ['run-server', 'lane-start', 'scripts']) {
    expect(existsSync(new URL(`${name}.js`, first)), name).toBe(true);
  }
  const files = readdirSync(new URL('.', first)).join(' ');
  for (const language of languages.slice(1)) expect(files).toMatch(new RegExp(`\\b${language}-[\\w-]+\\.js`));
});
