import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebianPackages, isInstalled } from './debian.ts';

const debianFolder = '/usr/lib/postgresql';

/**
 * The folder with `initdb` and `postgres`, the newest where there are several; '' if they are on the path.
 * @throws an `Error` that says what to install.
 */
export async function findPostgresPrograms(): Promise<string> {
  const found = installed();
  if (found !== undefined) return found;
  await ensureDebianPackages([{ command: 'initdb', package: 'postgresql' }]);
  const now = installed();
  if (now === undefined) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  return now;
}

function installed(): string | undefined {
  if (existsSync(debianFolder)) {
    const versions = readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a));
    const newest = versions.find((version) => existsSync(join(debianFolder, version, 'bin', 'initdb')));
    if (newest !== undefined) return join(debianFolder, newest, 'bin');
  }
  return isInstalled('initdb') ? '' : undefined;
}

/** Whom PostgreSQL is to run as: it refuses root. `undefined`: whoever runs the test. */
export function postgresAccount(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
