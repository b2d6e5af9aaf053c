import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureDebianPackages } from '../../debian.ts';
import { readTrace } from './read-trace.ts';
import { record } from './record.ts';
import { describeLosses, replay } from './replay.ts';

export interface PowerCutOptions {
  /** Moments at which the power is cut. */
  readonly points?: number;
  /** Also runs the writer under `eatmydata`, where the same replay must find losses. */
  readonly prove?: boolean;
  readonly seed?: number;
}

export interface PowerCutFigures {
  readonly points: number;
  /** Disks that were opened. */
  readonly disks: number;
  readonly acknowledged: number;
  /** Disks on which something acknowledged was missing or the database was damaged. */
  readonly losses: number;
  /** The same for a writer whose syncs did nothing; `undefined` unless it was to be proved. */
  readonly lossesWithoutSync: number | undefined;
}

/**
 * Records every write and sync of a process that stores entries, cuts the power at many points of the recording, drops
 * what was not synced, and looks for every entry that was acknowledged before the cut.
 * @throws an `Error` that describes the first losses, or says that the control run found none.
 */
export async function run({ points = 2_000, prove = false, seed = 1 }: PowerCutOptions = {}): Promise<PowerCutFigures> {
  await ensureDebianPackages([
    { command: 'strace', package: 'strace' },
    ...(prove ? [{ command: 'eatmydata', package: 'eatmydata' }] : []),
  ]);
  const found = await recordAndReplay(points, seed, false);
  if (found.losses.length > 0) throw new Error(`a power cut lost something:\n${describeLosses(found.losses)}`);
  if (found.points < points) throw new Error(`the recording had ${found.points} points, not ${points}`);
  const control = prove ? await recordAndReplay(points, seed, true) : undefined;
  if (control?.losses.length === 0) throw new Error('without syncs nothing was lost either: the replay cannot fail');
  return {
    points: found.points,
    disks: found.disks,
    acknowledged: found.acknowledged,
    losses: found.losses.length,
    lossesWithoutSync: control?.losses.length,
  };
}

async function recordAndReplay(points: number, seed: number, eatmydata: boolean): ReturnType<typeof recordIn> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-power-cut-'));
  try {
    return await recordIn(folder, points, seed, eatmydata);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function recordIn(folder: string, points: number, seed: number, eatmydata: boolean) {
  // An entry makes at least one event, its acknowledgement: there are enough moments for that many points.
  const recording = await record(folder, { entries: Math.max(200, points), checkpointPages: 50, eatmydata });
  if (!recording.said.finished) throw new Error('the recorded writer did not come to its end');
  const events = await readTrace(recording);
  return replay({ events, database: basename(recording.dataFile), points, seed, folder });
}
