import type { SettledFile } from './complete-file.ts';
import type { AwaitedFile } from './file-queries.ts';
import type { FileQuotas } from './usage.ts';

/** Where bytes of files are: the domain knows their hashes alone. */
export interface FileSource extends FileQuotas {
  /** How large a file may be, in bytes. */
  readonly fileBytes: number;
  /** Whether there is room for that many bytes more. */
  hasRoom(bytes: number): Promise<boolean>;
  /**
   * Looks at bytes that have arrived and puts them under their hash. Asked again it does so again.
   * @throws `Refusal` `file-incomplete`, `file-damaged`, `file-refused`, `file-infected`, `scanner-unavailable` or
   * `storage-full`.
   */
  settle(file: AwaitedFile): Promise<SettledFile>;
}

/** An instance that takes no files. */
export const noFiles: FileSource = {
  fileBytes: 0,
  personBytes: null,
  spaceBytes: null,
  hasRoom: () => Promise.resolve(false),
  settle: () => Promise.reject(new Error('This instance takes no files.')),
};
