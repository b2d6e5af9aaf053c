import { ensureDebianPackages } from '../../debian.ts';
import { type FailingCallsFigures, failCalls } from './failing-calls.ts';
import { type FullDiskFigures, fillDisk } from './full-disk.ts';

export interface DiskFaultsOptions {
  /** Runs of the writer, each with another system call that fails. */
  readonly points?: number;
}

export interface DiskFaultsFigures extends FailingCallsFigures {
  /** `undefined` for those who may not mount a disk. */
  readonly fullDisk: FullDiskFigures | undefined;
}

/**
 * Lets the disk fail under a process that stores entries: it must not acknowledge what failed, must store nothing that
 * it refused, and must go on by itself when the disk is well again.
 * @throws an `Error` that says what it did instead.
 */
export async function run({ points = 200 }: DiskFaultsOptions = {}): Promise<DiskFaultsFigures> {
  await ensureDebianPackages([{ command: 'strace', package: 'strace' }]);
  const figures = await failCalls(points);
  if (figures.faultyRuns < 0.8 * points) throw new Error(`only ${figures.faultyRuns} of ${points} runs met a fault`);
  return { ...figures, fullDisk: process.getuid?.() === 0 ? await fillDisk() : undefined };
}
