import { fileURLToPath } from 'node:url';

/**
 * The program of the storage package that writes entries and says what became of each (its own comment tells its
 * options and its lines). It is run as a process of its own, so that it can be traced, starved and killed.
 */
export const storageWriter = fileURLToPath(
  new URL('../../../packages/storage/testing/writer-process.ts', import.meta.url),
);
