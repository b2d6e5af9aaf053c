import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source-files.ts';

/** Bounds in lines; a file over `most` is split along a noun or a state. */
export const sizeBounds = { median: 100, ninetyPercent: 300, most: 500 } as const;

/** The sentences that say which bounds are broken; empty when all hold. */
export function sizeProblems(sizes: ReadonlyMap<string, number>): string[] {
  const problems = [...sizes]
    .filter(([, lines]) => lines > sizeBounds.most)
    .map(([file, lines]) => `${file} has ${lines} lines; at most ${sizeBounds.most}`);
  const sorted = [...sizes.values()].sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const shares = [
    ['half', quantile(0.5), sizeBounds.median],
    ['nine tenths', quantile(0.9), sizeBounds.ninetyPercent],
  ] as const;
  for (const [share, lines, bound] of shares) {
    if (lines > bound) problems.push(`${share} of the files should have at most ${bound} lines; it is ${lines}`);
  }
  return problems;
}

/** Lines of every source file under `root`. */
export function fileSizes(root: string): Map<string, number> {
  const files = ['packages', 'apps', 'scripts'].flatMap((folder) => sourceFiles(root, folder, ['.ts', '.tsx', '.css']));
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1]));
}

if (import.meta.main) {
  const problems = sizeProblems(fileSizes(join(import.meta.dirname, '..')));
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
