import { ensureDebianPackages } from '@confab/testing/debian';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { failCalls } from './failing-calls.ts';
import { fillDisk } from './full-disk.ts';

export interface DiskFaultsOptions {
  /** Runs of the writer, each with another system call that fails. */
  readonly points?: number;
}

/**
 * Bar 4: lets the disk fail under a process that stores entries. It must not acknowledge what failed, must store
 * nothing that it refused, and must go on by itself when the disk is well again.
 */
export async function run({ points = 200 }: DiskFaultsOptions = {}): Promise<Figure[]> {
  await ensureDebianPackages([{ command: 'strace', package: 'strace' }]);
  const runs = await failCalls(points);
  const figures = [
    told('runs, each with other calls that fail', points),
    // The last calls of a run are not always reached.
    atLeast('runs that met a fault', runs.faulty, Math.floor(points * 0.8)),
    told('runs that could not open the database for it', runs.failedOpenings),
    told('calls that failed', runs.failedCalls),
    told('entries acknowledged', runs.acknowledged),
    atLeast('entries refused', runs.refused, 1),
    told('power cuts replayed on top', runs.cuts),
    atMost('promises broken', runs.problems.length, 0),
  ];
  if (runs.problems.length > 0) figures.push(...runs.problems.slice(0, 5).map((problem) => told('broken', problem)));
  if (process.getuid?.() !== 0) return [...figures, told('full disk', 'left out: only root may mount one')];
  const full = await fillDisk();
  return [
    ...figures,
    told('full disk: entries acknowledged', full.acknowledged),
    atLeast('full disk: entries refused', full.refused, 1),
    atLeast('full disk: acknowledged by the same process with room again', full.acknowledgedWithRoom, 100),
  ];
}
