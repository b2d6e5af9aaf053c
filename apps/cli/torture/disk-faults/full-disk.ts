import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { checkDatabase } from '../power-cut/check-files.ts';
import { storageWriter, wordsOf } from '../storage-writer.ts';

const execute = promisify(execFile);
const diskBytes = 4 * 1024 * 1024;
/** A file that takes half of the disk; making room is removing it. */
const ballastBytes = diskBytes / 2;

export interface FullDiskFigures {
  readonly acknowledged: number;
  readonly refused: number;
  /** By the same process, after there was room again. */
  readonly acknowledgedWithRoom: number;
}

/**
 * Lets the writer fill a small disk until it refuses, makes room, and waits until it acknowledges again. Needs root,
 * to mount the disk.
 * @throws an `Error` when it ended, did not go on, or acknowledged what is not there.
 */
export async function fillDisk(): Promise<FullDiskFigures> {
  const disk = mkdtempSync(join(tmpdir(), 'confab-full-disk-'));
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', disk]);
  try {
    return await fill(disk);
  } finally {
    await execute('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
}

async function fill(disk: string): Promise<FullDiskFigures> {
  const file = join(disk, 'confab.db');
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, Buffer.alloc(ballastBytes));
  const options = ['--file', file, '--textBytes', '2000', '--callers', '4', '--untilInput'];
  const writer = spawn(process.execPath, [storageWriter, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(writer, 'close');
  const lines: string[] = [];
  let refused = 0;
  let withRoom = 0;
  for await (const line of createInterface(writer.stdout)) {
    lines.push(line);
    if (line.startsWith('refused') && ++refused === 20) rmSync(ballast);
    // The first ones may have been on their way; a hundred were not.
    if (refused >= 20 && line.startsWith('acknowledged') && ++withRoom === 100) writer.stdin.write('\n');
  }
  const [code] = await closed;
  const said = wordsOf(`${lines.join('\n')}\n`);
  if (code !== 0 || !said.finished) throw new Error(`on a full disk the writer ended with ${code}`);
  const { lost, stored, damage } = checkDatabase(file, said.acknowledged);
  if (damage !== undefined) throw new Error(`a full disk damaged the database: ${damage}`);
  if (lost.length > 0) throw new Error(`acknowledged on a full disk and not stored: ${lost.join(', ')}`);
  const resurrected = said.refused.filter((id) => stored.has(id));
  if (resurrected.length > 0) throw new Error(`refused on a full disk and stored: ${resurrected.join(', ')}`);
  return { acknowledged: said.acknowledged.length, refused: said.refused.length, acknowledgedWithRoom: withRoom };
}
