import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { languages } from '@confab/protocol';
import { expect, onTestFinished, test } from 'vitest';
import type { LookedInto } from './media/media.ts';
import { spawnMedia } from './media/spawn-media.ts';
import { pdfOf } from './media/testing/pdf.ts';
import { picture } from './media/testing/pictures.ts';
import { ensureServer } from './server-build.ts';

test('the server is built once, and what its threads and processes load lies beside it', async () => {
  const first = await ensureServer();
  expect(await ensureServer()).toBe(first);
  for (const name of ['run-server', 'lane-start', 'scripts', 'media-start']) {
    expect(existsSync(new URL(`${name}.js`, first)), name).toBe(true);
  }
  const files = readdirSync(new URL('.', first)).join(' ');
  for (const language of languages.slice(1)) expect(files).toMatch(new RegExp(`\\b${language}-[\\w-]+\\.js`));
});

test('a built server makes previews', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'confab-build-'));
  const program = spawnMedia(folder, new URL('media-start.js', await ensureServer()).href);
  onTestFinished(async () => {
    program.kill();
    await program.gone;
    rmSync(folder, { recursive: true });
  });
  expect(await program.ready).toBe(true);
  const subjects = [
    { kind: 'picture', type: 'image/png', bytes: await picture().png().toBuffer() },
    { kind: 'pdf', type: 'application/pdf', bytes: pdfOf() },
  ] as const;
  for (const { kind, type, bytes } of subjects) {
    const path = join(folder, kind);
    writeFileSync(path, bytes);
    const said = Promise.withResolvers<unknown>();
    const stop = program.hear((message) => said.resolve(message));
    program.send({ what: 'look', path, kind, type, name: kind });
    const { answer } = (await said.promise) as { answer: LookedInto | null };
    stop();
    expect(answer?.previews.map(({ type: made }) => made)).toContain('image/webp');
  }
});
