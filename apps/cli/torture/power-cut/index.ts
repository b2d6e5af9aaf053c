import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureDebianPackages } from '@confab/testing/debian';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { readTrace } from './read-trace.ts';
import { record } from './record.ts';
import { describeLosses, type Replay, replay } from './replay.ts';

export interface PowerCutOptions {
  /** Moments at which the power is cut. */
  readonly points?: number;
  /** Also runs the writer under `eatmydata`, where the same replay must find losses. On unless it is `false`. */
  readonly prove?: boolean;
  /** Chooses which unsynced writes survive; the same seed on the same recording makes the same cuts. */
  readonly seed?: number;
}

/**
 * Bar 3: records every write and sync of a process that stores entries, cuts the power at many points of the recording,
 * drops what was not synced, and looks for every entry that was acknowledged before the cut.
 */
export async function run({ points = 2_000, prove = true, seed = 1 }: PowerCutOptions = {}): Promise<Figure[]> {
  await ensureDebianPackages([
    { command: 'strace', package: 'strace' },
    ...(prove ? [{ command: 'eatmydata', package: 'eatmydata' }] : []),
  ]);
  const found = await recordAndReplay(points, seed, false);
  const figures = [
    atLeast('moments at which the power was cut', found.points, points),
    told('disks opened afterwards', found.disks),
    atLeast('entries acknowledged', found.acknowledged, 1),
    atMost('disks that lost an acknowledged entry', found.losses.length, 0),
  ];
  if (found.losses.length > 0) figures.push(told('the first', describeLosses(found.losses)));
  if (!prove) return figures;
  const { losses } = await recordAndReplay(points, seed, true);
  // More than a few: half of the cuts come after half of the acknowledgements.
  return [...figures, atLeast('disks that lost one when no sync was done', losses.length, points / 2)];
}

async function recordAndReplay(points: number, seed: number, eatmydata: boolean): Promise<Replay> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-power-cut-'));
  try {
    // An entry makes at least one event, its acknowledgement: there are enough moments for that many points.
    const recording = await record(folder, { entries: Math.max(200, points), checkpointPages: 50, eatmydata });
    if (!recording.said.finished) throw new Error('the recorded writer did not come to its end');
    const events = await readTrace(recording);
    return replay({ events, database: basename(recording.dataFile), points, seed, folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
