import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ImportRefused } from './refused.ts';

/** What an export may hold. Larger ones are not read rather than half. */
const bounds = {
  entries: 1_000_000,
  /** Of one file that is read whole. */
  fileBytes: 256 * 1024 * 1024,
  /** Of all that is read of an export. */
  allBytes: 64 * 1024 ** 3,
  /** A file that unpacks to more than this many times its size, and to more than `tellingBytes`, is a trap. */
  ratio: 250,
  tellingBytes: 16 * 1024 * 1024,
} as const;

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024).toLocaleString('en')} MiB`;

/** A zip of which files are read by name. Nothing of it is ever written to the disk. */
export class ZippedExport {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #read = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws `ImportRefused` when it is no zip, or not one that is safe to read. */
  static async open(file: string): Promise<ZippedExport> {
    try {
      const zip = await openPromise(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        if (entries.size >= bounds.entries) throw tooMany();
        requireNoTrap(entry);
        if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
      }
      return new ZippedExport(zip, entries);
    } catch (error) {
      throw asRefused(error, file);
    }
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** The stream of a file's bytes, of which no more come than it said. */
  async stream(name: string): Promise<Readable> {
    const entry = this.#entries.get(name);
    if (!entry) throw new ImportRefused(`The export has no file ${name}.`);
    if (entry.isEncrypted()) throw new ImportRefused(`The file ${name} in the export is locked with a password.`);
    this.#read += entry.uncompressedSize;
    if (this.#read > bounds.allBytes) {
      throw new ImportRefused(`The export unpacks to more than ${mebibytes(bounds.allBytes)}. Export it in parts.`);
    }
    return this.#zip.openReadStreamPromise(entry);
  }

  /** What a file of JSON holds. */
  async json(name: string): Promise<unknown> {
    const size = this.#entries.get(name)?.uncompressedSize ?? 0;
    if (size > bounds.fileBytes) {
      const most = mebibytes(bounds.fileBytes);
      throw new ImportRefused(`The file ${name} in the export has ${mebibytes(size)}; at most ${most} are read.`);
    }
    const pieces: Buffer[] = [];
    try {
      for await (const piece of await this.stream(name)) pieces.push(piece as Buffer);
    } catch (error) {
      throw asRefused(error, name);
    }
    try {
      return JSON.parse(
        Buffer.concat(pieces)
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      );
    } catch {
      throw new ImportRefused(`The file ${name} in the export is not JSON. Perhaps it was not downloaded to its end.`);
    }
  }

  close(): void {
    this.#zip.close();
  }
}

function tooMany(): ImportRefused {
  return new ImportRefused(`The export holds more than ${bounds.entries.toLocaleString('en')} files.`);
}

function requireNoTrap({ fileName, uncompressedSize, compressedSize }: Entry): void {
  if (uncompressedSize <= bounds.tellingBytes || uncompressedSize <= compressedSize * bounds.ratio) return;
  throw new ImportRefused(
    `The file ${fileName} in the export claims to unpack to ${mebibytes(uncompressedSize)} out of ${mebibytes(compressedSize)}. Nothing of it was read.`,
  );
}

/** What the zip itself is wrong with, in a sentence. */
function asRefused(error: unknown, file: string): Error {
  if (error instanceof ImportRefused) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new ImportRefused(`There is no file ${file}.`);
  if (/relative path|absolute path|invalid characters in fileName/.test(message)) {
    return new ImportRefused('The export holds a file whose name leads out of it. Nothing of it was read.');
  }
  return new ImportRefused(`${file} cannot be read as a zip: ${message}.`);
}
