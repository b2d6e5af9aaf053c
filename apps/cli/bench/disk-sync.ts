import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../figures.ts';

/** Milliseconds that one page written and synced takes on the disk that the runs use: what no durable store can beat. */
export function diskSyncMs(times = 200): number {
  const folder = mkdtempSync(join(tmpdir(), 'confab-disk-'));
  const file = openSync(join(folder, 'page'), 'w');
  const page = Buffer.alloc(4_096);
  const samples = Array.from({ length: times }, () => {
    const startedMs = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - startedMs;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return median(samples);
}
