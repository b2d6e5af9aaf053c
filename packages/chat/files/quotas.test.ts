import type { FileId, MessageId } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestPerson } from '../testing/index.ts';
import { FileWorld } from './testing/file-world.ts';

let world: FileWorld;
beforeEach(async () => {
  world = await FileWorld.open({ personBytes: 100, spaceBytes: 150 });
});
afterEach(() => world.test.close());

const begin = (who: TestPerson, size: number, more = {}) =>
  world.test.do(who, 'file.begin', { room: world.room, name: 'one.png', size, ...more });
/** Whose quota is used up by that many bytes. */
const fullOf = async (who: TestPerson, size: number, more = {}) => {
  const outcome = await begin(who, size, more).catch(
    (refused: { error: { code: string; details?: unknown } }) => refused,
  );
  if (!('error' in outcome)) throw new Error('There was room for it.');
  return [outcome.error.code, outcome.error.details];
};
const ofPerson = ['quota-reached', { whose: 'one person', limit: 100 }];
const ofSpace = ['quota-reached', { whose: 'the space', limit: 150 }];

describe('[I9] what one person may have', () => {
  it('is counted when a file is begun, and what is refused counts nothing', async () => {
    await begin(world.mia, 60);
    expect(await fullOf(world.mia, 41)).toEqual(ofPerson);
    expect(await fullOf(world.mia, 41)).toEqual(ofPerson);
    await begin(world.mia, 40);
    expect(await fullOf(world.mia, 1)).toEqual(ofPerson);
    await begin(world.mia, 0);
  });

  it('is counted by what is kept, once that is known', async () => {
    const smaller = await FileWorld.open({
      personBytes: 100,
      settle: () =>
        Promise.resolve({ blob: 'b'.repeat(43), size: 30, kind: 'other', type: 'a/b', details: {}, hasMore: false }),
    });
    const cleaned = await smaller.begin(smaller.mia, { size: 100 });
    await smaller.test.do(smaller.mia, 'file.complete', { file: cleaned });
    await smaller.begin(smaller.mia, { size: 70 });
    const params = { room: smaller.room, name: 'a', size: 1 };
    expect(await smaller.test.refusal(smaller.mia, 'file.begin', params)).toBe('quota-reached');
    await smaller.test.close();
  });

  const ways: readonly (readonly [string, (file: FileId, message: MessageId) => Promise<unknown>])[] = [
    ['taken out of its message', (file, message) => world.test.do(world.mia, 'message.remove-file', { message, file })],
    ['deleted with its message', (_, message) => world.test.do(world.owner, 'message.delete', { message })],
  ];
  it.each(ways)('is there again when a file is %s', async (_, gone) => {
    const file = await world.send(world.mia, { size: 100 });
    const message = await world.post(world.mia, [file], { text: 'words' });
    expect(await fullOf(world.mia, 1)).toEqual(ofPerson);
    await gone(file, message);
    await begin(world.mia, 100);
  });

  it('is there again when a file is discarded, on its way or after, or forgotten', async () => {
    for (const file of [await world.begin(world.mia, { size: 100 }), undefined]) {
      const waiting = file ?? (await world.send(world.mia, { size: 100 }));
      expect(await fullOf(world.mia, 1)).toEqual(ofPerson);
      await world.test.do(world.mia, 'file.discard', { file: waiting });
    }
    await world.send(world.mia, { size: 100 });
    world.test.nowMs += limits.waitingFileMs;
    await world.sweep();
    await begin(world.mia, 100);
  });

  it('is theirs alone', async () => {
    await begin(world.mia, 100);
    await begin(world.owner, 50);
  });
});

describe('[I9] what a space may have', () => {
  it('is what all have in its rooms together, and what is refused counts for nobody', async () => {
    const file = await world.send(world.mia, { size: 100 });
    await begin(world.owner, 40);
    expect(await fullOf(world.owner, 11)).toEqual(ofSpace);
    await begin(world.owner, 10);
    expect(await fullOf(world.owner, 1)).toEqual(ofSpace);
    await world.test.do(world.mia, 'file.discard', { file });
    await begin(world.owner, 50);
  });

  it('is not used up by what is in a direct', async () => {
    const { room } = await world.test.do(world.mia, 'direct.open', { users: [world.owner.user] });
    await begin(world.mia, 100, { room: room.info.id });
    await begin(world.owner, 100);
    expect(await fullOf(world.mia, 1, { room: room.info.id })).toEqual(ofPerson);
    const ben = await world.addPerson('ben');
    await world.test.do(ben, 'room.join', { room: world.room });
    await begin(ben, 50);
    expect(await fullOf(ben, 1)).toEqual(ofSpace);
  });
});
