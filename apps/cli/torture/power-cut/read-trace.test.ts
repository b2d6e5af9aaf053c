import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type DiskEvent, readTrace } from './read-trace.ts';

const hexadecimal = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const file = hexadecimal('/data/confab.db');

function read(...lines: string[]): Promise<DiskEvent[]> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-trace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const trace = join(folder, 'trace');
  writeFileSync(trace, `${lines.join('\n')}\n`);
  return readTrace({ trace, dataFile: '/data/confab.db' });
}

test('writes, cuts and syncs of the database are read, with their bytes', async () => {
  expect(
    await read(
      `7  openat(AT_FDCWD<${hexadecimal('/')}>, "${file}", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3<${file}>`,
      `7  pwrite64(3<${file}>, "${hexadecimal('hello')}", 5, 4096) = 5`,
      `7  ftruncate(3<${file}>, 8192) = 0`,
      `7  fsync(3<${file}>) = 0`,
      `7  fsync(4<${hexadecimal('/data')}>) = 0`,
      `7  unlink("${hexadecimal('/data/confab.db-wal')}") = 0`,
    ),
  ).toEqual([
    { kind: 'create', name: 'confab.db' },
    { kind: 'write', name: 'confab.db', offset: 4096, bytes: Buffer.from('hello') },
    { kind: 'truncate', name: 'confab.db', length: 8192 },
    { kind: 'sync', name: 'confab.db' },
    { kind: 'sync-folder' },
    { kind: 'unlink', name: 'confab.db-wal' },
  ]);
});

test('a call counts from its end on, an acknowledgement from its beginning', async () => {
  expect(
    await read(
      `7  fsync(3<${file}> <unfinished ...>`,
      `8  write(1<${hexadecimal('/out')}>, "${hexadecimal('acknowledged 5\nacknowledged 6\n')}", 30 <unfinished ...>`,
      '7  <... fsync resumed>) = 0',
      '8  <... write resumed>) = 30',
    ),
  ).toEqual([
    { kind: 'acknowledge', ids: [5, 6] },
    { kind: 'sync', name: 'confab.db' },
  ]);
});

test('a call that failed changed nothing, and a failed sync is told', async () => {
  expect(
    await read(
      `7  pwrite64(3<${file}>, "${hexadecimal('hello')}", 5, 0) = -1 ENOSPC (No space left on device) (INJECTED)`,
      `7  fsync(3<${file}>) = -1 EIO (Input/output error) (INJECTED)`,
    ),
  ).toEqual([{ kind: 'sync-failed', name: 'confab.db' }]);
});

test('other files, removed ones and shared memory are left out', async () => {
  expect(
    await read(
      `7  pwrite64(3<${hexadecimal('/data/confab.db-shm')}>, "${hexadecimal('x')}", 1, 0) = 1`,
      `7  pwrite64(3<${file}>(deleted), "${hexadecimal('x')}", 1, 0) = 1`,
      `7  fsync(3<${file}>(deleted)) = 0`,
      `7  pwrite64(3<${hexadecimal('/other/confab.db')}>, "${hexadecimal('x')}", 1, 0) = 1`,
    ),
  ).toEqual([]);
});
