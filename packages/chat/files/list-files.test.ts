import type { FileId, MessageId, Params, RoomId } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestChat, TestPerson } from '../testing/index.ts';
import { FileWorld } from './testing/file-world.ts';

let world: FileWorld;
let test: TestChat;
let mia: TestPerson;
let owner: TestPerson;
/** In the order in which they are to be listed. */
const files = new Map<string, FileId>();
let together: MessageId;
beforeAll(async () => {
  world = await FileWorld.open();
  ({ test, mia, owner } = world);
  const send = async (who: TestPerson, name: string) => {
    const file = await world.send(who, { name });
    files.set(name, file);
    return file;
  };
  const [late, early] = [await send(mia, 'Straße 100%.png'), await send(owner, 'plan_b.txt')];
  const pair = [await send(mia, 'one.pdf'), await send(mia, 'two.PNG.png')];
  await world.post(owner, [early]);
  together = await world.post(mia, pair);
  await world.post(mia, [late]);
  await send(mia, 'waits.png');
});
afterAll(() => test.close());

const list = (more: Partial<Params<'file.list'>> = {}, who = owner) =>
  test.do(who, 'file.list', { room: world.room, ...more });
const names = async (more: Partial<Params<'file.list'>> = {}) => (await list(more)).files.map(({ file }) => file.name);

describe('[I10] the files of a room', () => {
  it('are those that were posted, the latest message first, with who sent them', async () => {
    const { files: found, people, more } = await list();
    expect(found.map(({ file }) => file.name)).toEqual(['Straße 100%.png', 'one.pdf', 'two.PNG.png', 'plan_b.txt']);
    expect(found[1]).toMatchObject({ room: world.room, message: together, by: mia.user });
    expect(people.map(({ id }) => id).sort()).toEqual([mia.user, owner.user].sort());
    expect(more).toBe(false);
  });

  it('are found by kind, by person, by a part of the name in any case, and by all of these', async () => {
    expect(await names({ kind: 'picture' })).toEqual(['Straße 100%.png', 'two.PNG.png']);
    expect(await names({ kind: 'video' })).toEqual([]);
    expect(await names({ kind: 'document' })).toEqual(['one.pdf', 'plan_b.txt']);
    expect(await names({ kind: 'rest' })).toEqual([]);
    expect(await names({ by: owner.user })).toEqual(['plan_b.txt']);
    expect(await names({ name: 'STRASSE' })).toEqual([]);
    expect(await names({ name: 'sTRAßE' })).toEqual(['Straße 100%.png']);
    expect(await names({ name: 'png' })).toEqual(['Straße 100%.png', 'two.PNG.png']);
    expect(await names({ name: '', kind: 'pdf', by: mia.user })).toEqual(['one.pdf']);
  });

  it('are found by a name as it is written, whatever that means to a database', async () => {
    expect(await names({ name: '100%' })).toEqual(['Straße 100%.png']);
    expect(await names({ name: '%.' })).toEqual(['Straße 100%.png']);
    expect(await names({ name: 'n_b' })).toEqual(['plan_b.txt']);
    expect(await names({ name: 'o_p' })).toEqual([]);
    for (const name of ['!', "'", '!%', '\\']) expect(await names({ name })).toEqual([]);
  });

  it('come in pages, which go on within a message', async () => {
    const seen: string[] = [];
    let before: FileId | undefined;
    for (let more = true; more; ) {
      const page = await list({ limit: 1, ...(before ? { before } : {}) });
      seen.push(...page.files.map(({ file }) => file.name));
      before = page.files.at(-1)?.file.id;
      more = page.more;
    }
    expect(seen).toEqual(await names());
    expect(await names({ before: files.get('one.pdf') as FileId, kind: 'picture' })).toEqual(['two.PNG.png']);
  });

  it('are paged by files of that room', async () => {
    const other = (await test.do(owner, 'room.create', { space: world.space, name: 'other', visibility: 'public' }))
      .room;
    const elsewhere = other.info.id satisfies RoomId;
    const first = files.get('one.pdf') as FileId;
    expect(await test.refusal(owner, 'file.list', { room: elsewhere, before: first })).toBe('invalid-params');
    const waiting = files.get('waits.png') as FileId;
    expect(await test.refusal(owner, 'file.list', { room: world.room, before: waiting })).toBe('invalid-params');
    expect(await test.refusal(owner, 'file.list', { room: world.room, limit: 51 })).toBe('invalid-params');
  });
});
