import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mediaLimits } from './limits.ts';
import type { AskedTask, FromChild } from './media-tasks.ts';

/** A process that looks into files. */
export interface MediaProgram {
  readonly pid: number;
  readonly ready: Promise<boolean>;
  /** Fulfilled when it is there no more. */
  readonly gone: Promise<void>;
  /** Bytes of memory that it is in. */
  resident(): Promise<number>;
  /** The answer ends the listening. */
  hear(listener: (message: FromChild) => void): () => void;
  send(task: AskedTask): void;
  /** Whether this process waits for it before it ends. */
  hold(isHeld: boolean): void;
  kill(): void;
}

/** Where pages are larger, less memory is seen than there is. */
const pageBytes = 4_096;

/** Memory of another process where the system tells it; `undefined` elsewhere. */
async function residentBytesOf(pid: number): Promise<number | undefined> {
  const told = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => undefined);
  const pages = told?.split(' ')[1];
  return pages === undefined ? undefined : Number(pages) * pageBytes;
}

/** Where its own compiled code is kept. Never where this process has its own, which it runs: a file could put some there. */
function compileCacheDir(): string | undefined {
  const ours = getCompileCacheDir();
  if (ours === undefined) return undefined;
  const theirs = `${ours}-media`;
  try {
    // It has to be there before it can be allowed.
    mkdirSync(theirs, { recursive: true });
    return theirs;
  } catch {
    return undefined;
  }
}

/**
 * Starts it with nothing of this process's environment, in which there are passwords, and without the network, other
 * programs, or a folder to write to but `folder` and its compiled code's. In a group of its own: what is typed at a
 * terminal does not end it.
 */
export function spawnMedia(folder: string, start = import.meta.resolve('@confab/server/media-start')): MediaProgram {
  const { TZ, LANG } = process.env;
  const compileCache = compileCacheDir();
  const child = fork(fileURLToPath(start), [], {
    execArgv: [
      ...['--permission', '--allow-addons', '--allow-fs-read=*', `--allow-fs-write=${folder}`],
      ...(compileCache === undefined ? [] : [`--allow-fs-write=${compileCache}`]),
      ...[`--max-old-space-size=${mediaLimits.heapMiB}`, '--no-warnings'],
    ],
    env: {
      ...{ TZ, LANG, TMPDIR: folder, CONFAB_COMPILE_CACHE: compileCache },
      // Large pictures stay in memory, where there is a bound, instead of going to files.
      VIPS_DISC_THRESHOLD: '8g',
      // What was used is given back sooner (glibc).
      MALLOC_ARENA_MAX: '2',
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    detached: true,
  });
  return watched(child);
}

function watched(child: ChildProcess): MediaProgram {
  const { pid = 0 } = child;
  const ready = Promise.withResolvers<boolean>();
  const gone = Promise.withResolvers<void>();
  const end = (): void => {
    ready.resolve(false);
    gone.resolve();
  };
  child.once('exit', end);
  child.once('error', end);
  let said = 0;
  child.on('message', (message: FromChild) => {
    if ('ready' in message) ready.resolve(true);
    if ('resident' in message) said = message.resident;
  });
  return {
    pid,
    resident: async () => (await residentBytesOf(pid)) ?? said,
    ready: ready.promise,
    gone: gone.promise,
    hear(listener) {
      child.on('message', listener);
      return () => void child.off('message', listener);
    },
    // When it is not there any more, that it ended says so.
    send: (task) => void child.send(task, () => {}),
    hold(isHeld) {
      if (isHeld) child.ref();
      else child.unref();
      if (isHeld) child.channel?.ref();
      else child.channel?.unref();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
