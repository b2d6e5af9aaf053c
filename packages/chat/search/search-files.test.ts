import type { FileId, MessageId } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileWorld } from '../files/testing/file-world.ts';
import type { TestChat, TestPerson } from '../testing/index.ts';

let world: FileWorld;
let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
beforeAll(async () => {
  world = await FileWorld.open();
  ({ test, owner, mia } = world);
});
afterAll(() => test.close());

const search = async (text: string, more: { order?: 'best' } = {}) =>
  (await test.do(owner, 'search.messages', { text, ...more })).found;
const idsOf = async (text: string) => (await search(text)).map(({ message }) => message.id);
async function say(text: string, ...names: string[]): Promise<{ message: MessageId; files: FileId[] }> {
  const files: FileId[] = [];
  for (const name of names) files.push(await world.send(mia, { name }));
  return { message: await world.post(mia, files, { text }), files };
}
async function work(kind: 'search-index' | 'search-fresh'): Promise<void> {
  while ((await world.work(kind, () => null)).length > 0);
}
async function indexFresh(): Promise<void> {
  await work('search-fresh');
  await test.database.write('testing.due', { kind: 'search-fresh', data: 'null' });
  await work('search-fresh');
}

describe('[Y5] a message is found by the names of its files', () => {
  it('as by its words, before the index has it and after', async () => {
    const { message } = await say('', 'Quartalsbericht_2026.pdf', 'Dampfschifffahrt.png');
    for (let times = 0; times < 2; times += 1) {
      for (const text of ['quartalsbericht', '2026', 'schifffahrt', '"2026 pdf"', 'quartals dampf -wal']) {
        expect([text, await idsOf(text)]).toEqual([text, [message]]);
      }
      for (const text of ['quartalsbericht -dampfschifffahrt', '"pdf 2026"']) {
        expect([text, await idsOf(text)]).toEqual([text, []]);
      }
      await indexFresh();
    }
  });

  it('together with its words, of which alone it is said where they stand', async () => {
    const { message } = await say('the budget is here', 'budget-final.pdf');
    const [found] = await search('budget final');
    expect(found).toMatchObject({ message: { id: message, files: [{ name: 'budget-final.pdf' }] }, marks: [[4, 10]] });
    expect((await search('final budget', { order: 'best' })).map((each) => each.message.id)).toEqual([message]);
  });

  it('in other scripts too', async () => {
    const { message } = await say('siehe unten', '東京の地図.png', 'Éclair à Ménilmontant.txt');
    expect(await idsOf('地図')).toEqual([message]);
    expect(await idsOf('menilmontant eclair')).toEqual([message]);
    expect((await search('地図 unten'))[0]?.marks).toEqual([[6, 11]]);
  });

  it('as long as the file is there, whatever becomes of the text', async () => {
    const { message, files } = await say('a zebra', 'okapi.png', 'tapir.png');
    await test.do(mia, 'message.edit', { message, text: 'a giraffe' });
    expect([await idsOf('zebra'), await idsOf('giraffe okapi tapir')]).toEqual([[], [message]]);
    await indexFresh();
    await test.do(mia, 'message.remove-file', { message, file: files[0] as FileId });
    expect([await idsOf('okapi'), await idsOf('giraffe tapir')]).toEqual([[], [message]]);
    expect(await world.stored()).not.toContain('okapi');
    await test.do(mia, 'message.delete', { message });
    expect(await idsOf('tapir')).toEqual([]);
    expect(await world.stored()).not.toContain('tapir');
  });

  it('also when it is put into an index that was made later', async () => {
    const { message } = await say('', 'walrus-of-old.png');
    await test.database.write('testing.forget-index', null);
    expect(await idsOf('walrus')).toEqual([]);
    await work('search-index');
    expect(await idsOf('walrus has:picture')).toEqual([message]);
  });

  it('only where one may see it, and not before it is posted', async () => {
    const waiting = await world.send(mia, { name: 'lemur.png' });
    expect(await idsOf('lemur')).toEqual([]);
    const message = await world.post(mia, [waiting]);
    expect(await idsOf('lemur')).toEqual([message]);
    const stranger = await test.addPerson('stranger');
    expect((await test.do(stranger, 'search.messages', { text: 'lemur' })).found).toEqual([]);
  });
});

describe('[Y5] filters by what a message has', () => {
  it('are a file of any kind, a picture, a video, a sound and a PDF', async () => {
    const kinds = [
      ['has:picture', 'k.png'],
      ['has:video', 'k.webm'],
      ['has:sound', 'k.mp3'],
      ['has:pdf', 'k.pdf'],
      ['has:file', 'k.unknown'],
    ] as const;
    const messages: MessageId[] = [];
    for (const [, name] of kinds) messages.push((await say('of kinds', name)).message);
    const { message: none } = await say('of kinds, as in k.pdf');
    for (let times = 0; times < 2; times += 1) {
      for (const [index, [filter]] of kinds.slice(0, 4).entries()) {
        expect(await idsOf(`${filter} kinds`)).toEqual([messages[index]]);
      }
      expect(await idsOf('HAS:FILE kinds')).toEqual(messages.toReversed());
      expect(await idsOf('kinds')).toEqual([none, ...messages.toReversed()]);
      expect(await idsOf('has:pdf has:picture kinds')).toEqual([]);
      await indexFresh();
    }
    await test.do(owner, 'message.pin', { message: messages[0] as MessageId });
    expect(await idsOf('is:pinned has:picture')).toEqual([messages[0]]);
    expect(await idsOf('is:pinned has:pdf')).toEqual([]);
  });

  it('find a message no more when its last file of that kind is taken out', async () => {
    const { message, files } = await say('two of them', 'one.mp3', 'two.mp3');
    const has = async () => (await idsOf('has:sound them')).length;
    for (const file of files) {
      expect(await has()).toBe(1);
      await test.do(mia, 'message.remove-file', { message, file });
    }
    expect(await has()).toBe(0);
  });
});
