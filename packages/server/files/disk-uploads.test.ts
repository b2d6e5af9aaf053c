import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DiskUploads } from './disk-uploads.ts';
import { describeUploads } from './testing/describe-uploads.ts';

describeUploads('uploads in a folder', {
  largeBytes: 3 * 1024 * 1024,
  async newNodes(count, announcedOf) {
    const folder = mkdtempSync(join(tmpdir(), 'confab-uploads-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return Array.from({ length: count }, () => new DiskUploads(folder, announcedOf));
  },
});
