import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Floors below which a dependency has a known fault: npm packages wherever they are nested, and what node brings. */
export interface MinimumVersions {
  npm: Readonly<Record<string, string>>;
  runtime: Readonly<Record<string, string>>;
}

interface Lockfile {
  packages: Readonly<Record<string, { version?: string; link?: boolean }>>;
}

/** Negative when `a` is older than `b`. A pre-release counts as older than its release (semver.org, section 11). */
export function compareVersions(a: string, b: string): number {
  const parse = (version: string) => {
    const [numbers = '', ...pre] = version.split('+')[0]?.split('-') ?? [];
    return { parts: numbers.split('.').map(Number), released: pre.length === 0 ? 1 : 0 };
  };
  const [left, right] = [parse(a), parse(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left.parts[index] ?? 0) - (right.parts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.released - right.released;
}

/** The sentences that say what is too old; empty when nothing is. */
export function versionProblems(
  minimum: MinimumVersions,
  lockfile: Lockfile,
  runtime: Readonly<Record<string, string | undefined>>,
): string[] {
  const problems: string[] = [];
  for (const [path, { version }] of Object.entries(lockfile.packages)) {
    const name = path.split('node_modules/').at(-1) ?? '';
    const floor = path.includes('node_modules/') && Object.hasOwn(minimum.npm, name) ? minimum.npm[name] : undefined;
    if (floor === undefined || version === undefined) continue;
    if (compareVersions(version, floor) < 0) problems.push(`${path} is ${version}; at least ${floor}`);
  }
  for (const [name, floor] of Object.entries(minimum.runtime)) {
    const version = runtime[name];
    if (version === undefined) problems.push(`node brings no ${name}; at least ${floor}`);
    else if (compareVersions(version, floor) < 0) problems.push(`node brings ${name} ${version}; at least ${floor}`);
  }
  return problems;
}

if (import.meta.main) {
  const read = (path: string) => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));
  const problems = versionProblems(read('minimum-versions.json'), read('../package-lock.json'), process.versions);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
