import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeBlobs } from '../testing/describe-blobs.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { DiskBlobs } from './disk-blobs.ts';

describeBlobs('content in a folder', {
  newBlobs: async () => new DiskBlobs(temporaryFolder()),
  largeBytes: 3 * 1024 * 1024,
});

it('what a process that ended left beside is tidied up, what is being written is not', async () => {
  const folder = temporaryFolder();
  const beside = join(folder, 'beside');
  await mkdir(beside);
  for (const name of ['old', 'new']) await writeFile(join(beside, name), name);
  await utimes(join(beside, 'old'), 1_000, 1_000);
  await new DiskBlobs(folder).tidy(Date.now() - 60_000);
  expect(await readdir(beside)).toEqual(['new']);
});
