import { limits } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bounds } from '../bounds.ts';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let ada: TestPerson;
let ben: TestPerson;
beforeEach(async () => {
  test = await createTestChat();
  const { owner, space } = await test.found();
  ada = owner;
  ben = await test.addPerson('ben', { space, role: 'member' });
});
afterEach(() => test.close());

const state = { positions: { a: [1, 2], 'b "c"': null }, text: '日本\u0000\ud800' };

describe('a cursor', () => {
  it('is found again as it was saved, by every session of its owner', async () => {
    await test.do(ada, 'cursor.save', { name: 'bot:1', state });
    const { cursor } = await test.do(await test.addSession(ada), 'cursor.show', { name: 'bot:1' });
    expect(cursor).toEqual({ name: 'bot:1', state, savedAt: expect.any(Number) });
  });

  it('holds what was saved last', async () => {
    await test.do(ada, 'cursor.save', { name: 'a', state: 1 });
    test.nowMs += 5_000;
    await test.do(ada, 'cursor.save', { name: 'a', state: null });
    expect((await test.do(ada, 'cursor.show', { name: 'a' })).cursor).toEqual({
      name: 'a',
      state: null,
      savedAt: test.nowMs,
    });
  });

  it('is its owner’s: nobody else sees, changes or forgets it, though they use the same name', async () => {
    await test.do(ada, 'cursor.save', { name: 'a', state: 'of ada' });
    expect(await test.refusal(ben, 'cursor.show', { name: 'a' })).toBe('not-found');
    expect(await test.refusal(ben, 'cursor.delete', { name: 'a' })).toBe('not-found');
    await test.do(ben, 'cursor.save', { name: 'a', state: 'of ben' });
    expect((await test.do(ada, 'cursor.show', { name: 'a' })).cursor.state).toBe('of ada');
    expect((await test.do(ben, 'cursor.list', {})).cursors).toHaveLength(1);
  });

  it('is told to nobody', async () => {
    const told = await test.effectsOf(() => test.do(ada, 'cursor.save', { name: 'a', state }));
    expect(told).toEqual({ events: [], ephemerals: [], revocations: [] });
  });

  it('can be forgotten, once', async () => {
    await test.do(ada, 'cursor.save', { name: 'a', state: 1 });
    await test.do(ada, 'cursor.delete', { name: 'a' });
    expect(await test.refusal(ada, 'cursor.show', { name: 'a' })).toBe('not-found');
    expect(await test.refusal(ada, 'cursor.delete', { name: 'a' })).toBe('not-found');
  });

  it('is listed by name, without its state', async () => {
    for (const name of ['b', 'a']) await test.do(ada, 'cursor.save', { name, state: 'a canary' });
    const { cursors } = await test.do(ada, 'cursor.list', {});
    expect(cursors.map((cursor) => Object.keys(cursor))).toEqual([
      ['name', 'savedAt'],
      ['name', 'savedAt'],
    ]);
    expect(cursors.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('the bounds of cursors', () => {
  it('a state has at most so many bytes as JSON', async () => {
    const longest = 'é'.repeat((limits.cursorStateBytes - 2) / 2);
    expect(await test.refusal(ada, 'cursor.save', { name: 'a', state: longest })).toBeUndefined();
    expect(await test.refusal(ada, 'cursor.save', { name: 'a', state: `${longest}x` })).toBe('invalid-params');
    expect((await test.do(ada, 'cursor.show', { name: 'a' })).cursor.state).toBe(longest);
  });

  it.each(['', 'two words', 'ü', 'a\u0000', 'x'.repeat(limits.cursorNameChars + 1)])('%j is no name', async (name) => {
    expect(await test.refusal(ada, 'cursor.save', { name, state: 1 })).toBe('invalid-params');
  });

  it('one person has at most so many; one that is there can be changed nevertheless', async () => {
    for (let index = 0; index < bounds.cursorsPerUser; index += 1) {
      await test.do(ada, 'cursor.save', { name: `c${index}`, state: index });
    }
    expect(await test.refusal(ada, 'cursor.save', { name: 'more', state: 1 })).toBe('limit-reached');
    expect(await test.refusal(ada, 'cursor.save', { name: 'c0', state: 'new' })).toBeUndefined();
    expect(await test.refusal(ben, 'cursor.save', { name: 'more', state: 1 })).toBeUndefined();
    await test.do(ada, 'cursor.delete', { name: 'c1' });
    expect(await test.refusal(ada, 'cursor.save', { name: 'more', state: 1 })).toBeUndefined();
  });
});
