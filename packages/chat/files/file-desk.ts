import type { FileId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { Actor } from '../actor.ts';
import { asRefusal } from '../refusal-of.ts';
import type { QueryName } from '../scripts.ts';
import type { AnnouncedFile, FileToPreview } from './file-queries.ts';
import { fileKey, readAccess } from './signed-address.ts';

interface FileDeskParts {
  readonly database: Database;
  readonly now: () => number;
}

/** What a node that keeps files asks the domain. All of it rejects with a `Refusal` without storage. */
export class FileDesk {
  readonly #parts: FileDeskParts;

  constructor(parts: FileDeskParts) {
    this.#parts = parts;
  }

  /** What its sender announced of a file; `null` when there is none. */
  announced(file: string): Promise<AnnouncedFile | null> {
    return this.#read('files.announced', file);
  }

  /** What a job is to look into; `null` when there is nothing any more. */
  toPreview(file: string): Promise<FileToPreview | null> {
    return this.#read('files.to-preview', file);
  }

  /** Says that this content is about to be put there for a file. @throws `Refusal('overloaded')` while it is deleted. */
  async claim(holder: string, hashes: readonly string[]): Promise<void> {
    const { database, now } = this.#parts;
    await database.write('files.claim', { holder, hashes, now: now() }, 'files').catch(asRefusal);
  }

  /** Whether nothing has this content; from then on nothing gets it until its job has ended, and it may be deleted. */
  doom(hash: string): Promise<boolean> {
    return this.#parts.database
      .write<boolean>('files.doom', { hash, now: this.#parts.now() }, 'files')
      .catch(asRefusal);
  }

  /** Those of these hashes that nothing has. */
  unknown(hashes: readonly string[]): Promise<string[]> {
    return this.#read('files.unknown', hashes);
  }

  /** Those of these files whose bytes are still expected. */
  expected(files: readonly string[]): Promise<string[]> {
    return this.#read('files.expected', files);
  }

  /** Who asks by a signed address of a file; `undefined` when it does not count. */
  async asker(file: string, access: string): Promise<Actor | undefined> {
    const { database, now } = this.#parts;
    const key = await fileKey(database).catch(asRefusal);
    const actor = readAccess(key, file as FileId, access, now());
    // Whether the session still counts is asked with the command.
    return actor && { ...actor, expiresAt: Number.POSITIVE_INFINITY };
  }

  #read<T>(query: QueryName, input: unknown): Promise<T> {
    return this.#parts.database.read<T>(query, input).catch(asRefusal);
  }
}
