import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MediaProgram, spawnMedia } from './spawn-media.ts';

/** Writes where it is asked to, and says what came of it. */
const writer = `
  import { writeFileSync } from 'node:fs';
  process.on('message', ({ path }) => {
    try {
      writeFileSync(path, 'x');
      process.send({ answer: 'written' });
    } catch (error) {
      process.send({ answer: error.code });
    }
  });
  process.send({ ready: true });
`;

let folder: string;
let program: MediaProgram;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-spawn-'));
  const start = join(folder, 'writer.mjs');
  await writeFile(start, writer);
  program = spawnMedia(await mkdtemp(join(folder, 'copies-')), pathToFileURL(start).href);
  expect(await program.ready).toBe(true);
});

afterAll(async () => {
  program.kill();
  await program.gone;
  await rm(folder, { recursive: true });
});

function write(path: string): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = program.hear((message) => {
      if (!('answer' in message)) return;
      stop();
      resolve(message.answer);
    });
    program.send({ what: 'measure', path, type: '' });
  });
}

test('what looks into files cannot write code that the server runs, and keeps its own', async () => {
  const ours = getCompileCacheDir() ?? '';
  expect(ours).not.toBe('');
  expect(await write(join(ours, 'code'))).toBe('ERR_ACCESS_DENIED');
  expect(await write(join(folder, 'code'))).toBe('ERR_ACCESS_DENIED');
  const theirs = join(`${ours}-media`, 'code');
  expect(await write(theirs)).toBe('written');
  await rm(theirs);
});
