import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskBlobs } from '../blobs/index.ts';
import { sql } from '../index.ts';
import { openSqliteInline } from '../sqlite/index.ts';
import { backUp } from './back-up.ts';
import { backUpContent, contentBeside, restoreContent } from './content.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'confab-content-'));
  file = join(folder, 'backup');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hashOf = (content: string): string => createHash('sha256').update(content).digest('base64url');
const named = { table: 'things', query: 'SELECT hash FROM things ORDER BY hash' };
const blobs = (...path: string[]) => new DiskBlobs(join(folder, ...path));

/** A backup that names some content. */
async function backup(contents: readonly string[]): Promise<void> {
  const migrations = [{ version: 1, name: 'things', sql: ['CREATE TABLE things (hash TEXT PRIMARY KEY)'] }];
  const scripts = {
    *add(hash: string) {
      yield* sql.run('INSERT INTO things (hash) VALUES (?)', hash);
    },
  };
  const data = join(folder, 'data.db');
  const database = await openSqliteInline({ file: data, scripts, migrations });
  for (const content of contents) await database.write('add', hashOf(content), 'key');
  await database.close();
  const options = { migrations, version: 'test', now: 0, facts: {}, progress: (): void => undefined };
  await backUp({ file: data }, file, options);
}

describe('the content of files', () => {
  it('goes with a backup, and comes back as it was', async () => {
    const there = ['one', 'two', 'three'];
    for (const content of there) await blobs('files').put(hashOf(content), Buffer.from(content));
    await blobs('files').put(hashOf('not named'), Buffer.from('not named'));
    await backup(there);
    expect(await backUpContent(file, join(folder, 'files'), named)).toEqual({
      pieces: 3,
      bytes: 11,
      missing: 0,
      damaged: 0,
    });
    expect(statSync(contentBeside(file)).mode & 0o077).toBe(0);
    rmSync(join(folder, 'files'), { recursive: true });
    expect(await restoreContent(file, join(folder, 'elsewhere'), named)).toMatchObject({ pieces: 3, missing: 0 });
    for (const content of there) {
      expect(`${await buffer(await blobs('elsewhere').read(hashOf(content)))}`).toBe(content);
    }
    await expect(blobs('elsewhere').read(hashOf('not named'))).rejects.toThrow('no such content');
    // Again, after it was broken off.
    expect(await restoreContent(file, join(folder, 'elsewhere'), named)).toMatchObject({ pieces: 3 });
  });

  it('that is missing or damaged is told and left out, and the rest comes', async () => {
    for (const content of ['one', 'two']) await blobs('files').put(hashOf(content), Buffer.from(content));
    await backup(['one', 'two', 'gone']);
    expect(await backUpContent(file, join(folder, 'files'), named)).toMatchObject({ pieces: 2, missing: 1 });
    const hex = Buffer.from(hashOf('two'), 'base64url').toString('hex');
    writeFileSync(join(contentBeside(file), 'blobs', hex.slice(0, 2), hex), 'tow');
    const came = await restoreContent(file, join(folder, 'elsewhere'), named);
    expect(came).toEqual({ pieces: 1, bytes: 3, missing: 1, damaged: 1 });
    await expect(blobs('elsewhere').read(hashOf('two'))).rejects.toThrow('no such content');
  });

  it('is none of a backup that knows no files', async () => {
    await backup([]);
    const none = { pieces: 0, bytes: 0, missing: 0, damaged: 0 };
    const other = { table: 'others', query: 'SELECT hash FROM others' };
    expect(await backUpContent(file, join(folder, 'files'), other)).toEqual(none);
    expect(readdirSync(contentBeside(file))).toEqual([]);
  });

  it('is not looked at beside a backup with a byte that changed', async () => {
    await backup(['one']);
    writeFileSync(file, 'x', { flag: 'a' });
    await expect(restoreContent(file, join(folder, 'elsewhere'), named)).rejects.toThrow(file);
  });
});
