import { execFile } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { sourceState } from './source-state.ts';

const builds = fileURLToPath(new URL('dist', import.meta.url));
const bundler = fileURLToPath(new URL('bundle-server.ts', import.meta.url));

/** Kept beside the newest build: servers that run from one may still load a part of it. */
const keptBuilds = 3;

/**
 * Where the server's program lies, as the address of a module with `runServer`. Everything that a server loads is put
 * into a few files first, unless that was done since the last change: a start from 1,500 files takes twice the time
 * and half as much memory again. Without build tools it is the last build; without one, or where nothing can be written,
 * the sources.
 */
export async function ensureServer(): Promise<string> {
  const build = hasBuildTools() ? await currentBuild() : newestBuilds()[0];
  return build === undefined
    ? import.meta.resolve('./run-server.ts')
    : pathToFileURL(join(build, 'run-server.js')).href;
}

async function currentBuild(): Promise<string | undefined> {
  const build = join(builds, sourceState(['packages']));
  if (!existsSync(build)) {
    // What is wrong with the sources they say themselves when they are run.
    await makeBuild(build).catch(() => undefined);
  }
  return existsSync(build) ? build : undefined;
}

function hasBuildTools(): boolean {
  try {
    createRequire(import.meta.url).resolve('rolldown/package.json');
    return true;
  } catch {
    return false;
  }
}

/** The folders of builds, newest first; one that is being made is none yet. */
function newestBuilds(): string[] {
  if (!existsSync(builds)) return [];
  const folders = readdirSync(builds).filter((name) => !name.includes('-'));
  const made = new Map(folders.map((name) => [join(builds, name), statSync(join(builds, name)).mtimeMs]));
  return [...made.keys()].sort((a, b) => (made.get(b) ?? 0) - (made.get(a) ?? 0));
}

async function makeBuild(folder: string): Promise<void> {
  const older = newestBuilds();
  const aside = `${folder}-${process.pid}`;
  try {
    // In a process of its own, which takes what it needs of memory with it.
    await promisify(execFile)(process.execPath, [bundler, aside]);
    renameSync(aside, folder);
  } catch (error) {
    // Another process was faster; what it made is the same.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  for (const build of older.slice(keptBuilds)) rmSync(build, { recursive: true, force: true });
}
