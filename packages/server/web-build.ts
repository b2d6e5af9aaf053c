import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { rootFolder, sourceState } from './source-state.ts';

const source = join(rootFolder, 'apps/web');
export const webAppFolder = join(source, 'dist');
const stamp = 'built-from.txt';

/** Processes that exchange the folder at the same moment; more than start together. */
const mostOthers = 20;

const watched = ['apps/web', 'packages/client', 'packages/protocol'];

/**
 * Makes sure that the web app is built from the sources that are here, and answers with its folder; `undefined` when
 * there is none and none can be built. `say` hears of a build that is about to start, which takes some seconds.
 */
export async function ensureWebApp(say: (sentence: string) => void): Promise<string | undefined> {
  const built = existsSync(join(webAppFolder, 'index.html'));
  const vite = viteProgram();
  if (vite === undefined || !existsSync(join(source, 'vite.config.ts'))) return built ? webAppFolder : undefined;
  const state = sourceState(watched);
  if (built && readStamp() === state) return webAppFolder;
  say('Building the web app; this is done once and takes some seconds.');
  // Built aside and moved, so that a server which is cut off here leaves nothing half done.
  const aside = `${webAppFolder}-${process.pid}`;
  try {
    await runVite(vite, aside);
    compressFiles(aside);
    writeFileSync(join(aside, stamp), state);
    putInPlace(aside, state);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return webAppFolder;
}

/** Of several processes that start at once each builds; the first one's build stays, and the others' are the same. */
function putInPlace(made: string, state: string): void {
  const old = `${made}-old`;
  for (let others = 0; readStamp() !== state; others += 1) {
    try {
      // Moved away as a whole: nobody is handed out a page whose files are being deleted.
      if (existsSync(webAppFolder)) renameSync(webAppFolder, old);
      renameSync(made, webAppFolder);
    } catch (error) {
      // Another process has put its own there, or taken the old one away, between two of these lines.
      if (others === mostOthers) throw error;
    } finally {
      rmSync(old, { recursive: true, force: true });
    }
  }
}

function viteProgram(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('vite/package.json');
    return join(dirname(manifest), 'bin/vite.js');
  } catch {
    // A production install without build tools: what was built is used as it is.
    return undefined;
  }
}

function readStamp(): string | undefined {
  const file = join(webAppFolder, stamp);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function runVite(program: string, outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const arguments_ = [program, 'build', source, '--outDir', outDir, '--logLevel', 'warn'];
    // Whatever runs this: tests set another, and would leave a build behind for development.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, arguments_, { cwd: rootFolder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const gather = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-8_000);
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The web app could not be built:\n${output}`));
    });
  });
}

/** Variants that are sent to browsers which take them, made once instead of with every request. */
function compressFiles(folder: string): void {
  for (const name of globSync('**/*.{js,css,html,svg,webmanifest}', { cwd: folder })) {
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < 1024) continue;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(
      join(folder, `${name}.br`),
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
  }
}
