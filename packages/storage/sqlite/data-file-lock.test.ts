import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { DataFileLock } from './data-file-lock.ts';

test('a file is let go with its process id, and may be locked again', () => {
  const file = join(temporaryFolder(), 'confab.db');
  const lock = new DataFileLock(file);
  expect(existsSync(`${file}.pid`)).toBe(true);
  expect(() => new DataFileLock(file)).toThrow(`${file} is in use by process ${process.pid}`);
  lock.release();
  expect(existsSync(`${file}.pid`)).toBe(false);
  new DataFileLock(file).release();
});

test('a link to a file, or to its folder, is the file', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'data'));
  const file = join(folder, 'data', 'confab.db');
  writeFileSync(file, '');
  symlinkSync(file, join(folder, 'link.db'));
  symlinkSync(join(folder, 'data'), join(folder, 'folder'));
  const lock = new DataFileLock(file);
  expect(() => new DataFileLock(join(folder, 'link.db'))).toThrow('is in use');
  expect(() => new DataFileLock(join(folder, 'folder', 'confab.db'))).toThrow('is in use');
  lock.release();
  const other = new DataFileLock(join(folder, 'link.db'));
  expect(other.file).toBe(file);
  other.release();
});

test('the sentence does without a process id that is not there, and names a foreign machine', () => {
  const file = join(temporaryFolder(), 'confab.db');
  const lock = new DataFileLock(file);
  writeFileSync(`${file}.pid`, '17 elsewhere\n');
  expect(() => new DataFileLock(file)).toThrow('in use by process 17 on elsewhere.');
  writeFileSync(`${file}.pid`, '');
  expect(() => new DataFileLock(file)).toThrow('in use by another process.');
  lock.release();
});

test('a folder that is missing is made', () => {
  const file = join(temporaryFolder(), 'some', 'where', 'confab.db');
  new DataFileLock(file).release();
  expect(existsSync(join(file, '..'))).toBe(true);
});

test('a place that is no folder is told as it is', () => {
  const file = join(temporaryFolder(), 'confab.db');
  writeFileSync(file, '');
  expect(() => new DataFileLock(join(file, 'under', 'confab.db'))).toThrow('ENOTDIR');
});
