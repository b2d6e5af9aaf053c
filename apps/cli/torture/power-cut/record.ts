import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { storageWriter } from '../storage-writer.ts';

/** The calls that change what is on disk, or tell someone that it is. */
const tracedCalls = 'pwrite64,write,fsync,fdatasync,ftruncate,openat,unlink,rename';

export interface Recording {
  /** The trace, one system call a line, whole bytes in hexadecimal. */
  readonly trace: string;
  /** The data file that the trace is about; its folder was there, and on disk, before. */
  readonly dataFile: string;
}

/** Records a process that writes `entries` entries; with `eatmydata` its syncs do nothing, and it cannot notice. */
export async function record(folder: string, entries: number, eatmydata: boolean): Promise<Recording> {
  const dataFile = join(folder, 'data', 'confab.db');
  const trace = join(folder, 'trace');
  mkdirSync(join(folder, 'data'), { recursive: true });
  const writer = [process.execPath, storageWriter, '--file', dataFile, '--count', String(entries)];
  const child = spawn(
    'strace',
    // 1 MiB of each call: more than one write of SQLite. -y names the files behind descriptors.
    [
      '-f',
      '-y',
      '-xx',
      '-s',
      '1048576',
      '-o',
      trace,
      '-e',
      `trace=${tracedCalls}`,
      ...(eatmydata ? ['eatmydata'] : []),
      ...writer,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let last = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    last = (last + text).slice(-200);
  });
  const [code] = await once(child, 'close');
  if (code !== 0 || !last.endsWith('done\n')) throw new Error(`the recorded writer ended with ${code} after: ${last}`);
  return { trace, dataFile };
}
