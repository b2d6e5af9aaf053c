import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, systemPorts } from '@confab/engine';
import { MediaProcess, type MediaProcessParts } from '../media-process.ts';

/** What looks into files, with a folder of its own for them. */
export class OpenMedia {
  readonly media: MediaProcess;
  readonly reports: Parameters<Report>[] = [];
  readonly folder: string;
  readonly #work: string;

  private constructor(folder: string, parts: Partial<MediaProcessParts>) {
    this.folder = folder;
    this.#work = join(folder, 'media');
    const { clock, timers } = systemPorts();
    const report: Report = (...said) => void this.reports.push(said);
    this.media = new MediaProcess({ folder: this.#work, clock, timers, report, ...parts });
  }

  static async open(parts: Partial<MediaProcessParts> = {}): Promise<OpenMedia> {
    return new OpenMedia(await mkdtemp(join(tmpdir(), 'confab-media-')), parts);
  }

  async put(name: string, bytes: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name.replaceAll('/', '_'));
    await writeFile(path, bytes);
    return path;
  }

  /** As a file that arrives: what it is, what is kept of it, and what can be seen of it. */
  async take(name: string, bytes: string | Uint8Array) {
    const given = await this.put(name, bytes);
    const inspected = await this.media.inspect(given, name);
    const kept = await readFile(inspected.path);
    const looked = inspected.hasMore ? await this.media.lookInto(inspected.path, { ...inspected, name }) : null;
    if (inspected.path !== given) await rm(inspected.path);
    return { ...inspected, kept, looked };
  }

  /** Copies that are left. */
  leftovers(): Promise<string[]> {
    return readdir(this.#work).catch(() => []);
  }

  async close(): Promise<void> {
    await this.media.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
