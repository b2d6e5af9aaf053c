import { join } from 'node:path';
import { seededRandom } from '../seeded-random.ts';
import { checkFiles } from './check-files.ts';
import { Disk, type Survival, survivals } from './disk.ts';
import type { DiskEvent } from './read-trace.ts';

export interface ReplayOptions {
  readonly events: readonly DiskEvent[];
  /** The data file's name. */
  readonly database: string;
  /** Moments at which the power is cut, spread over the whole recording. */
  readonly points: number;
  readonly seed: number;
  /** For the files of one cut at a time. */
  readonly folder: string;
}

export interface Loss {
  /** How many events had happened. */
  readonly after: number;
  readonly survival: Survival;
  readonly lost: readonly number[];
  readonly damage: string | undefined;
}

export interface Replay {
  /** Moments that were tried, and disks, of which each moment has two. */
  readonly points: number;
  readonly disks: number;
  readonly acknowledged: number;
  readonly losses: readonly Loss[];
}

/** The first loss in words. */
export function describeLosses([first]: readonly Loss[]): string {
  if (first === undefined) return 'none';
  const { after, survival, lost, damage } = first;
  return `after event ${after}, ${survival} survived: ${damage ?? `lost ${lost.slice(0, 5).join(', ')}`}`;
}

/** Cuts the power at many moments of a recording and opens what is left on the disk each time. */
export function replay({ events, database, points, seed, folder }: ReplayOptions): Replay {
  const random = seededRandom(seed);
  const disk = new Disk();
  const acknowledged: number[] = [];
  const losses: Loss[] = [];
  let tried = 0;
  let disks = 0;
  for (const [index, event] of events.entries()) {
    disk.apply(event);
    if (event.kind === 'acknowledge') acknowledged.push(...event.ids);
    const after = index + 1;
    // Evenly spread: as many points are due by now as this share of the events.
    if (Math.floor((after * points) / events.length) <= tried) continue;
    tried++;
    const other = survivals[1 + (tried % (survivals.length - 1))] ?? 'everything';
    for (const survival of ['nothing', other] as const) {
      const files = disk.afterCut(survival, random);
      const { lost, damage } = checkFiles(files, database, acknowledged, join(folder, 'cut'));
      disks++;
      if (lost.length > 0 || damage !== undefined) losses.push({ after, survival, lost, damage });
    }
  }
  return { points: tried, disks, acknowledged: acknowledged.length, losses };
}
