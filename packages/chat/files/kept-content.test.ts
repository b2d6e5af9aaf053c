import { limits } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileWorld, hashOf, made } from './testing/file-world.ts';

let world: FileWorld;
beforeEach(async () => {
  world = await FileWorld.open();
});
afterEach(() => world.test.close());

const discard = (file: Awaited<ReturnType<FileWorld['send']>>) => world.test.do(world.mia, 'file.discard', { file });

describe('[I8] content', () => {
  it('that two files have is deleted after the last of them', async () => {
    const [first, second] = [
      await world.send(world.mia, { content: 'same' }),
      await world.send(world.owner, { content: 'same' }),
    ];
    expect(await world.test.do(world.mia, 'file.locate', { file: first })).toMatchObject({ content: hashOf('same') });
    await discard(first);
    expect(await world.dropped()).toEqual([]);
    expect(await world.test.do(world.owner, 'file.locate', { file: second })).toMatchObject({
      content: hashOf('same'),
    });
    await world.test.do(world.owner, 'file.discard', { file: second });
    expect(await world.dropped()).toEqual([hashOf('same')]);
    expect(await world.stored()).not.toContain(hashOf('same'));
  });

  it('of previews goes with their file, unless it is another’s too', async () => {
    const [first, second] = [await world.send(world.mia), await world.send(world.mia)];
    await world.work('file-preview', () => ({ previews: [made('grey square')], details: {} }));
    await discard(first);
    expect(await world.dropped()).toEqual([hashOf(first)]);
    await discard(second);
    expect(await world.dropped()).toEqual([hashOf(second), hashOf('grey square')].sort());
  });

  it('of previews that were made of a file that is gone by then is deleted', async () => {
    const file = await world.send(world.mia);
    const { jobs } = world.test.chat;
    const [job] = (await jobs.due(['file-preview'])).due;
    await discard(file);
    expect((await jobs.due(['file-preview'])).due).toEqual([]);
    if (!job) throw new Error('There is no such job.');
    // Whoever was at it when the file went finds that there is nothing to be done.
    expect(await jobs.finish(job, { previews: [made('too late')], details: {} })).toBe(false);
    await world.dropped();
    expect(await world.stored()).not.toContain(hashOf('too late'));
  });

  it('that is being deleted is nobody’s until it is gone, and may be brought again', async () => {
    await discard(await world.send(world.mia, { content: 'same' }));
    const { jobs, files } = world.test.chat;
    const [job] = (await jobs.due(['blob-drop'])).due;
    if (!job) throw new Error('There is no such job.');
    expect(await files.doom(hashOf('same'))).toBe(true);
    const again = await world.begin(world.mia);
    world.arrived.set(again, 'same');
    const complete = world.test.do(world.mia, 'file.complete', { file: again });
    await expect(complete).rejects.toMatchObject({ error: { code: 'overloaded', retry: 'later' } });
    expect((await world.test.do(world.mia, 'file.show', { file: again })).arrived).toBe(false);
    expect(await jobs.finish(job, true)).toBe(true);
    await world.test.do(world.mia, 'file.complete', { file: again });
    expect(await files.doom(hashOf('same'))).toBe(false);
  });

  it('that somebody is about to bring is not deleted meanwhile, unless they never come back', async () => {
    const { files } = world.test.chat;
    const file = await world.begin(world.mia);
    await files.claim(file, [hashOf('same')]);
    expect(await files.doom(hashOf('same'))).toBe(false);
    world.arrived.set(file, 'same');
    await world.test.do(world.mia, 'file.complete', { file });
    await discard(file);
    expect(await world.dropped()).toEqual([hashOf('same')]);
    await files.claim(file, [hashOf('forgotten')]);
    world.test.nowMs += 3_600_001;
    expect(await files.doom(hashOf('forgotten'))).toBe(true);
    await expect(files.claim(file, [hashOf('forgotten')])).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('that somebody has again before it is deleted stays', async () => {
    await discard(await world.send(world.mia, { content: 'same' }));
    await world.send(world.mia, { content: 'same' });
    expect(await world.dropped()).toEqual([]);
    expect(await world.test.chat.files.unknown([hashOf('same'), hashOf('other')])).toEqual([hashOf('other')]);
  });
});

describe('[I8] the sweep', () => {
  it('deletes what nobody posts within a day, and nothing else', async () => {
    const posted = await world.send(world.mia);
    await world.post(world.mia, [posted]);
    const [begun, arrived] = [await world.begin(world.mia), await world.send(world.mia)];
    world.test.nowMs += limits.waitingFileMs / 2;
    const later = await world.send(world.mia);
    await world.sweep();
    expect(await world.test.refusal(world.mia, 'file.show', { file: begun })).toBeUndefined();
    world.test.nowMs += limits.waitingFileMs / 2;
    await world.sweep();
    for (const file of [begun, arrived]) {
      expect(await world.test.refusal(world.mia, 'file.show', { file })).toBe('not-found');
    }
    for (const file of [posted, later]) {
      expect(await world.test.refusal(world.mia, 'file.show', { file })).toBeUndefined();
    }
    expect(await world.dropped()).toEqual([hashOf(arrived)]);
    expect(await world.test.chat.files.expected([begun, later])).toEqual([]);
  });

  it('deletes content that nothing has, also what somebody began to delete', async () => {
    await world.test.chat.files.doom(hashOf('left behind'));
    await world.sweep([hashOf('orphan')]);
    expect(await world.dropped()).toEqual([hashOf('left behind'), hashOf('orphan')].sort());
    await world.sweep();
    expect(await world.dropped()).toEqual([]);
  });

  it('leaves content that it took for nobody’s to whoever has it by then', async () => {
    await world.send(world.mia, { content: 'just arrived' });
    await world.sweep([hashOf('just arrived')]);
    expect(await world.dropped()).toEqual([]);
  });

  it('goes from slice to slice', async () => {
    const { jobs } = world.test.chat;
    const slices: unknown[] = [];
    for (let times = 0; times < 3; times += 1) {
      await world.sweep();
      world.test.nowMs += 20 * 60_000;
      slices.push(...(await jobs.due(['file-sweep'])).due.map(({ data }) => JSON.parse(data).slice));
    }
    expect(slices).toEqual([1, 2, 3]);
  });
});
