import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface SteadyFiles {
  /** Up to the server, or down from it. */
  readonly way: 'up' | 'down';
  readonly url: string;
  readonly token: string;
  readonly room: string;
  /** At the same time. */
  readonly count: number;
  /** Of each of them, in bytes a second. */
  readonly bytesPerSecond: number;
}

const programs = { up: 'upload-process.ts', down: 'download-process.ts' } as const;

/** Files that go at a steady speed for as long as this runs, from a process of their own. */
export class FileLoad {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(files: SteadyFiles): Promise<FileLoad> {
    const child = fork(join(import.meta.dirname, programs[files.way]), [JSON.stringify(files)]);
    await once(child, 'message');
    return new FileLoad(child);
  }

  /** Ends them all. Resolves with how many bytes went. */
  async stop(): Promise<number> {
    const told = once(this.#child, 'message');
    this.#child.send('stop');
    const [bytes] = (await told) as [number];
    await once(this.#child, 'exit');
    return bytes;
  }
}
