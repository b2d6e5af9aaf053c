import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const rootFolder: string = fileURLToPath(new URL('../../', import.meta.url));

const unwatched = /(^|[/\\])(node_modules|dist[^/\\]*|e2e|testing)([/\\]|$)|\.(test|e2e)\.tsx?$/;

/**
 * A short name for the state of these folders and of what is installed: another one as soon as a file was written.
 * It looks at sizes and times alone, because every start asks.
 * @param folders relative to the repository's root.
 */
export function sourceState(folders: readonly string[]): string {
  const hash = createHash('sha256');
  const files = folders.flatMap((folder) =>
    readdirSync(join(rootFolder, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  for (const file of [...files.filter((name) => !unwatched.test(name)).sort(), 'package-lock.json']) {
    const found = statSync(join(rootFolder, file), { throwIfNoEntry: false });
    if (found?.isFile()) hash.update(`${file}\0${found.size}\0${found.mtimeMs}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}
