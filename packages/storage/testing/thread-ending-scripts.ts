import type { Scripts, Step } from '../database.ts';
import { scripts as sound } from './scripts.ts';

/** The scripts of the suite and one that takes its thread down with it, as running out of memory would. */
export const scripts: Scripts = {
  ...sound,
  *endThread({ after }: { after?: { id: number; text: string } }): Step<void> {
    if (after !== undefined) yield* sound.add?.(after as never) ?? [];
    process.exit(1);
  },
};
