import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

type Anything = Record<string, (...args: unknown[]) => unknown>;

/** What leaves a trace outside of the process, by whom it belongs to. */
const steps: readonly (readonly [owner: Anything, names: readonly string[]])[] = [
  [DatabaseSync.prototype as unknown as Anything, ['exec', 'prepare', 'close']],
  [Client.prototype as unknown as Anything, ['query', 'end']],
  [fs as unknown as Anything, ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'rmSync']],
];

/**
 * Lets this process kill itself just before the step with that number: a statement for a database, a write to a file.
 * It prints the number of steps when it comes to its end alive.
 */
export function killAtStep(last: number): void {
  let taken = 0;
  for (const [owner, names] of steps) {
    for (const name of names) {
      const original = owner[name];
      if (original === undefined) throw new Error(`there is no ${name} to count`);
      owner[name] = function counted(this: unknown, ...args: unknown[]): unknown {
        taken += 1;
        if (taken === last) process.kill(process.pid, 'SIGKILL');
        return original.apply(this, args);
      };
    }
  }
  syncBuiltinESMExports();
  process.once('exit', () => process.stdout.write(`alive after ${taken} steps\n`));
}
