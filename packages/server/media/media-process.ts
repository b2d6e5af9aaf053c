import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Report, Timers } from '@confab/engine';
import { type MediaLimits, mediaLimits } from './limits.ts';
import type { Inspected, LookedInto, Media, Subject } from './media.ts';
import { MediaChild, MediaFailed } from './media-child.ts';
import { type MediaProgram, spawnMedia } from './spawn-media.ts';
import type { Told } from './tell/tell.ts';

export interface MediaProcessParts {
  /** For copies; made when it is first needed. */
  readonly folder: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: Report;
  readonly limits?: Partial<MediaLimits>;
}

const mebibyte = 1024 * 1024;

/**
 * Has files looked into by processes of their own: one tells what a file is, which people wait for, and one makes
 * previews, which may take long. Neither is there before the first file, nor for long after the last.
 */
export class MediaProcess implements Media {
  readonly #parts: MediaProcessParts;
  readonly #limits: MediaLimits;
  readonly #teller: MediaChild;
  readonly #looker: MediaChild;

  constructor(parts: MediaProcessParts) {
    this.#parts = parts;
    this.#limits = { ...mediaLimits, ...parts.limits };
    const child = { timers: parts.timers, limits: this.#limits, start: () => this.#start() };
    this.#teller = new MediaChild({ ...child, limits: { ...this.#limits, residentBytes: this.#limits.tellingBytes } });
    this.#looker = new MediaChild(child);
  }

  /** Rejects only with `Refusal('overloaded')`, or where the file itself cannot be read. */
  async inspect(path: string, name: string): Promise<Inspected> {
    const { folder } = this.#parts;
    const copy = join(folder, randomUUID());
    const { size } = await stat(path);
    // Nothing is in it that could do harm, and nobody has to wait for it.
    if (size === 0) return { ...(await (await import('./tell/tell.ts')).tell(path, name, copy)), details: {} };
    const timeMs = this.#limits.taskMs + (size / mebibyte) * this.#limits.taskMsPerMiB;
    let told: Told | null = null;
    try {
      told = await this.#attempt('tell', () => this.#teller.ask('tell', { path, name, copy }, timeMs));
    } finally {
      if (!told) await rm(copy, { force: true });
    }
    if (!told) return { ...(await untold(path)), details: {} };
    return { ...told, details: (await this.#detailsOf(told)) ?? {} };
  }

  lookInto(path: string, { kind, type, name }: Subject): Promise<LookedInto | null> {
    const asked = { path, kind, type, name };
    return this.#attempt('look', () => this.#looker.ask('look', asked, this.#limits.taskMs));
  }

  async close(): Promise<void> {
    await Promise.all([this.#teller.close(), this.#looker.close()]);
  }

  async #detailsOf({ path, kind, type }: Told): Promise<Inspected['details'] | null> {
    if (kind !== 'picture') return null;
    try {
      return await this.#attempt('measure', () => this.#teller.ask('measure', { path, type }, this.#limits.taskMs));
    } catch {
      // Nobody who asked knows yet of the copy that there may be: it is shown without its size instead.
      return null;
    }
  }

  /** A process may have died of something else: it is asked once more. Of what else it failed at it would fail again. */
  async #attempt<T>(what: string, ask: () => Promise<T>): Promise<T | null> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof MediaFailed)) throw error;
        const { why, message } = error;
        this.#parts.report(why === 'failed' ? 'warn' : 'info', 'a file could not be looked into', {
          what,
          why,
          message,
        });
        if (why !== 'died' || attempts === 2) return null;
      }
    }
  }

  async #start(): Promise<MediaProgram> {
    const { folder, clock } = this.#parts;
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const seen = await stat(path).catch(() => undefined);
      if (seen && seen.mtimeMs < clock.now() - this.#limits.leftoverMs)
        await rm(path, { recursive: true, force: true });
    }
    return spawnMedia(folder);
  }
}

/** What is known of a file without looking at what it is. */
async function untold(path: string): Promise<Told> {
  const hashing = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    size += chunk.length;
    hashing.update(chunk);
  }
  const hash = hashing.digest('base64url');
  const type = 'application/octet-stream';
  return { hash, given: hash, path, size, kind: 'other', type, hasMore: false };
}
