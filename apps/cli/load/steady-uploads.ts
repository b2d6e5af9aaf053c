import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface SteadyUploads {
  readonly url: string;
  readonly token: string;
  readonly room: string;
  /** At the same time. */
  readonly count: number;
  /** Of each of them, in bytes a second. */
  readonly bytesPerSecond: number;
}

/** Files that go up at a steady speed for as long as this runs, from a process of their own. */
export class UploadLoad {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(uploads: SteadyUploads): Promise<UploadLoad> {
    const child = fork(join(import.meta.dirname, 'upload-process.ts'), [JSON.stringify(uploads)]);
    await once(child, 'message');
    return new UploadLoad(child);
  }

  /** Ends them all. Resolves with how many bytes the server has taken. */
  async stop(): Promise<number> {
    const told = once(this.#child, 'message');
    this.#child.send('stop');
    const [bytes] = (await told) as [number];
    await once(this.#child, 'exit');
    return bytes;
  }
}
