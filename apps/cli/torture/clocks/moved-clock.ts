import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from '@confab/testing/debian';

const libraries = '/usr/lib';

/**
 * A wall clock that is set by hand, for other processes (libfaketime). Only what the time of day is changes, as on a
 * machine whose clock is set: durations are measured as they are.
 */
export class MovedClock {
  readonly #folder: string;
  readonly #library: string;
  /** Milliseconds between this clock and ours. */
  offsetMs = 0;

  private constructor(folder: string, library: string) {
    this.#folder = folder;
    this.#library = library;
  }

  /** @throws an `Error` that says what to install. */
  static async make(offsetMs: number): Promise<MovedClock> {
    await ensureDebianPackages([{ command: 'faketime', package: 'faketime' }]);
    const library = readdirSync(libraries)
      .map((folder) => join(libraries, folder, 'faketime', 'libfaketimeMT.so.1'))
      .find((file) => existsSync(file));
    if (library === undefined) throw new Error('libfaketime is not where Debian has it.');
    const clock = new MovedClock(await mkdtemp(join(tmpdir(), 'confab-clock-')), library);
    await clock.move(offsetMs);
    return clock;
  }

  /** The environment of a process that goes by this clock. */
  get env(): Record<string, string> {
    return {
      LD_PRELOAD: this.#library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      // How long it may take until a process notices that the clock was moved.
      FAKETIME_CACHE_DURATION: '1',
      // Both spellings are needed; otherwise moving the clock would stop its timers, which no real clock does.
      DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
      // A process that is killed would leave its part of the shared memory behind.
      FAKETIME_DISABLE_SHM: '1',
    };
  }

  get nowMs(): number {
    return Date.now() + this.offsetMs;
  }

  async move(offsetMs: number): Promise<void> {
    this.offsetMs = offsetMs;
    const seconds = (offsetMs / 1000).toFixed(3);
    await writeFile(this.#file, `${offsetMs < 0 ? '' : '+'}${seconds}\n`);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  get #file(): string {
    return join(this.#folder, 'offset');
  }
}
