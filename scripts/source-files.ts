import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

/** Paths of the files below `folder` whose names end in one of `endings`, relative to `root`, with `/`, sorted. */
export function sourceFiles(root: string, folder: string, endings: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const child = join(path, entry.name);
      if (entry.isDirectory()) walk(child);
      else if (endings.some((ending) => entry.name.endsWith(ending))) found.push(child);
    }
  };
  walk(join(root, folder));
  return found.map((path) => relative(root, path).split(sep).join('/')).sort();
}
