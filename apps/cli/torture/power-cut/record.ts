import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { storageWriter, type WriterWords, wordsOf } from '../storage-writer.ts';

/** The calls that change what is on disk, or tell someone that it is. */
const tracedCalls = 'pwrite64,write,fsync,fdatasync,ftruncate,openat,unlink,rename';

/** System calls on the database's files that fail without being done. */
export interface Injection {
  readonly calls: 'pwrite64' | 'fsync' | 'ftruncate' | 'pwrite64,fsync,ftruncate';
  readonly error: 'EIO' | 'ENOSPC';
  /** strace's own words: `7` is the seventh such call, `7+7` every seventh. */
  readonly when: string;
}

export interface RecordOptions {
  readonly entries: number;
  readonly checkpointPages: number;
  /** Makes every sync do nothing, which the writer cannot notice. */
  readonly eatmydata?: boolean;
  readonly injection?: Injection;
}

export interface Recording {
  /** The trace, one system call a line, whole bytes in hexadecimal. */
  readonly trace: string;
  /** The data file that the trace is about; its folder was there, and on disk, before. */
  readonly dataFile: string;
  readonly said: WriterWords;
}

/** Records a process that writes entries into a new data file under `folder`. */
export async function record(folder: string, options: RecordOptions): Promise<Recording> {
  const dataFile = join(folder, 'data', 'confab.db');
  const trace = join(folder, 'trace');
  const output = join(folder, 'output');
  mkdirSync(dirname(dataFile), { recursive: true });
  const { entries, checkpointPages, eatmydata = false, injection } = options;
  const writer = ['--file', dataFile, '--count', String(entries), '--checkpointPages', String(checkpointPages)];
  // Only these files are traced, and only their calls made to fail: not what the runtime does for itself.
  const traced = [dirname(dataFile), dataFile, `${dataFile}-wal`, `${dataFile}-journal`, output];
  const strace = [
    // 1 MiB of each call: more than one write of SQLite. -y names the files behind descriptors.
    ...['-f', '-y', '-xx', '-s', '1048576', '-o', trace, '-e', `trace=${tracedCalls}`],
    ...traced.flatMap((path) => ['-P', path]),
    ...(injection ? ['-e', `inject=${injection.calls}:error=${injection.error}:when=${injection.when}`] : []),
    ...(eatmydata ? ['eatmydata'] : []),
  ];
  const descriptor = openSync(output, 'w');
  // What the writer has to say about a failure is part of a failed opening; it is in the way otherwise.
  const stdio = ['ignore', descriptor, injection ? 'ignore' : 'inherit'] as const;
  const child = spawn('strace', [...strace, process.execPath, storageWriter, ...writer], { stdio: [...stdio] });
  closeSync(descriptor);
  await once(child, 'close');
  return { trace, dataFile, said: wordsOf(readFileSync(output, 'utf8')) };
}
