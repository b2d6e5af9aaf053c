import { type ClientId, type FileId, inboxLog, limits, type Params } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileWorld, hashOf } from '../files/testing/file-world.ts';

let world: FileWorld;
let sends = 0;
beforeEach(async () => {
  world = await FileWorld.open();
});
afterEach(() => world.test.close());

const minute = 60_000;
const day = 24 * 60 * minute;
const paramsOf = (files: readonly FileId[], more: Partial<Params<'scheduled.create'>> = {}) => ({
  room: world.room,
  clientId: `later-${++sends}` as ClientId,
  text: '',
  files: [...files],
  dueAt: world.test.nowMs + 2 * day,
  ...more,
});
const schedule = async (files: readonly FileId[], more: Partial<Params<'scheduled.create'>> = {}) =>
  (await world.test.do(world.mia, 'scheduled.create', paramsOf(files, more))).scheduled;
const update = (scheduled: Awaited<ReturnType<typeof schedule>>, change: Partial<Params<'scheduled.update'>>) =>
  world.test.do(world.mia, 'scheduled.update', { scheduled: scheduled.id, ...change });
const waiting = async () => (await world.test.do(world.mia, 'scheduled.list', {})).scheduled;
const shown = async () =>
  (await world.test.do(world.owner, 'message.list', { room: world.room })).messages.map(({ text, files }) => ({
    text,
    files: files?.map(({ id }) => id) ?? [],
  }));
const pass = (ms: number) => {
  world.test.nowMs += ms;
  return world.test.doDue();
};

describe('the files of a scheduled message', () => {
  it('[W1] wait with it, longer than those of a composer, and are posted with it in their order', async () => {
    const [first, second] = [await world.send(world.mia), await world.send(world.mia, { name: 'two.pdf' })];
    const made = await schedule([second, first]);
    expect(made.files?.map(({ id }) => id)).toEqual([second, first]);
    expect(await waiting()).toEqual([made]);
    expect((await world.test.do(world.mia, 'account.home', {})).scheduled).toEqual([made]);
    world.test.nowMs += limits.waitingFileMs;
    await world.sweep();
    expect((await world.test.do(world.mia, 'file.show', { file: first })).arrived).toBe(true);
    expect(await world.test.refusal(world.owner, 'file.show', { file: first })).toBe('not-found');
    await pass(2 * day);
    expect(await shown()).toEqual([{ text: '', files: [second, first] }]);
    expect(await waiting()).toEqual([]);
    const inbox = JSON.stringify(await world.test.events(inboxLog(world.mia.user)));
    expect(inbox).not.toContain('two.pdf');
  });

  it('[W2] are deleted when it is cancelled, and named nowhere any more', async () => {
    const file = await world.send(world.mia, { name: 'secret plan.txt' });
    const { id } = await schedule([file]);
    await world.test.do(world.mia, 'scheduled.cancel', { scheduled: id });
    expect(await world.test.refusal(world.mia, 'file.show', { file })).toBe('not-found');
    expect(await world.dropped()).toEqual([hashOf(file)]);
    expect(await world.stored()).not.toContain('secret plan');
    await pass(2 * day);
    expect(await shown()).toEqual([]);
  });

  it('are nobody else’s, and no other message’s', async () => {
    const [mine, theirs] = [await world.send(world.mia), await world.send(world.owner)];
    const refusal = (files: readonly FileId[], more = {}) =>
      world.test.refusal(world.mia, 'scheduled.create', paramsOf(files, more));
    expect(await refusal([theirs])).toBe('file-gone');
    expect(await refusal([await world.begin(world.mia)])).toBe('file-incomplete');
    expect(await refusal([], { files: undefined })).toBe('text-empty');
    await schedule([mine]);
    expect(await refusal([mine])).toBe('file-gone');
    expect(await world.test.refusal(world.mia, 'message.post', world.postOf([mine]))).toBe('file-gone');
    expect(await world.test.refusal(world.mia, 'file.discard', { file: mine })).toBe('invalid-params');
    expect((await waiting())[0]?.files?.map(({ id }) => id)).toEqual([mine]);
  });

  it('[L2] are the same when it is asked for again, and no others', async () => {
    const [first, second] = [await world.send(world.mia), await world.send(world.mia)];
    const params = paramsOf([first]);
    const { scheduled } = await world.test.do(world.mia, 'scheduled.create', params);
    expect(await world.test.do(world.mia, 'scheduled.create', params)).toEqual({ scheduled });
    expect(await world.test.refusal(world.mia, 'scheduled.create', { ...params, files: [second] })).toBe(
      'client-id-reused',
    );
  });

  it('change with it: those that are left out are deleted, others come', async () => {
    const [first, second, third] = [
      await world.send(world.mia),
      await world.send(world.mia),
      await world.send(world.mia),
    ];
    const made = await schedule([first, second]);
    const { scheduled } = await update(made, { files: [third, second] });
    expect(scheduled.files?.map(({ id }) => id)).toEqual([third, second]);
    expect(await world.dropped()).toEqual([hashOf(first)]);
    expect(await world.test.refusal(world.mia, 'scheduled.update', { scheduled: made.id, files: [] })).toBe(
      'text-empty',
    );
    expect((await update(made, { files: [], text: 'words' })).scheduled.files).toBeUndefined();
    expect((await world.test.do(world.mia, 'account.home', {})).scheduled).toMatchObject([{ text: 'words' }]);
    await pass(2 * day);
    expect(await shown()).toEqual([{ text: 'words', files: [] }]);
  });

  it('are kept with one that could not be posted, and go with it when it can', async () => {
    const file = await world.send(world.mia);
    const made = await schedule([file]);
    await world.test.do(world.owner, 'room.archive', { room: world.room });
    await pass(2 * day);
    expect(await waiting()).toMatchObject([{ failed: 'room-archived', files: [{ id: file }] }]);
    await world.test.do(world.owner, 'room.unarchive', { room: world.room });
    await update(made, { dueAt: world.test.nowMs + minute });
    await pass(minute);
    expect(await shown()).toEqual([{ text: '', files: [file] }]);
  });

  it('[I5] are told with what is found out about them meanwhile', async () => {
    const file = await world.send(world.mia);
    await schedule([file]);
    expect((await waiting())[0]?.files).toMatchObject([{ id: file, pending: true }]);
    await world.work('file-preview', () => ({ previews: [], details: { width: 4, height: 3 } }));
    const [now] = await waiting();
    expect(now?.files).toMatchObject([{ id: file, width: 4, height: 3 }]);
    const told = (await world.test.events(inboxLog(world.mia.user))).at(-1);
    expect(told).toMatchObject({ event: 'inbox.scheduled-set', data: now });
    await world.test.do(world.mia, 'file.describe', { file, description: 'A tree' });
    expect((await waiting())[0]?.files).toMatchObject([{ description: 'A tree' }]);
  });

  it('do not count among those that wait in a composer', async () => {
    await schedule([await world.send(world.mia)]);
    const begun = Array.from({ length: limits.waitingFilesPerPerson }, () => world.begin(world.mia));
    await Promise.all(begun);
    expect(await world.test.refusal(world.mia, 'file.begin', { room: world.room, name: 'a', size: 1 })).toBe(
      'limit-reached',
    );
  });
});
