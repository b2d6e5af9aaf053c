import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeOutboxStore, queuedSend } from '../testing/outbox-contract.ts';
import { FileOutbox } from './file-outbox.ts';

const folder = () => mkdtemp(join(tmpdir(), 'confab-outbox-'));

describeOutboxStore('a file', async () => new FileOutbox(join(await folder(), 'deep', 'outbox.json')));

describe('an outbox in a file', () => {
  it('is there for the next process', async () => {
    const file = join(await folder(), 'outbox.json');
    await new FileOutbox(file).put(queuedSend('a'));
    expect(await new FileOutbox(file).load()).toEqual([queuedSend('a')]);
  });

  it('is whole at any moment: a crash before the new content has its name leaves the old', async () => {
    const place = await folder();
    const file = join(place, 'outbox.json');
    const store = new FileOutbox(file);
    await store.put(queuedSend('a'));
    await writeFile(`${file}.next`, '[{"clie');
    expect(await new FileOutbox(file).load()).toEqual([queuedSend('a')]);
    await store.put(queuedSend('b', 2));
    expect(await readdir(place)).toEqual(['outbox.json']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(2);
  });

  it('does not take a broken file for an empty one', async () => {
    const file = join(await folder(), 'outbox.json');
    await writeFile(file, 'not JSON');
    await expect(new FileOutbox(file).load()).rejects.toThrow(SyntaxError);
    expect(await readFile(file, 'utf8')).toBe('not JSON');
  });
});
