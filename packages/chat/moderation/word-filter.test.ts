import type { ClientId, FilterRule, RoomId, SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { filtered } from '../word-filter.ts';

const asStored = (...rules: FilterRule[]) => JSON.stringify(rules);

describe('the word filter', () => {
  it('[M5] masks words whatever their case and accents, and leaves those alone that only contain them', () => {
    const rules = asStored({ words: 'darn', action: 'mask' }, { words: 'go away', action: 'mask' });
    expect(filtered('DÁRN it, darnings', rules).text).toBe('**** it, darnings');
    expect(filtered('now go,  away', rules).text).toBe('now ***  ****');
  });

  it('[M5] finds words in scripts that put no spaces between them', () => {
    expect(filtered('これは禁止です', asStored({ words: '禁止', action: 'report' })).reported).toBe(true);
  });

  it('[M5] refuses with what was said, before anything else is done', () => {
    const rules = asStored({ words: 'a', action: 'mask' }, { words: 'buy now', action: 'refuse' });
    expect(() => filtered('Buy now, a lot', rules)).toThrow(
      expect.objectContaining({ code: 'word-refused', details: { words: 'Buy now' } }),
    );
  });

  it('[M5] costs nothing where there is none', () => {
    expect(filtered('anything', null)).toEqual({ text: 'anything', reported: false });
  });
});

describe('a space with a word filter', () => {
  let test: TestChat;
  let owner: TestPerson;
  let space: SpaceId;
  let room: RoomId;
  beforeAll(async () => {
    test = await createTestChat();
    ({ owner, space, general: room } = await test.found());
    const rules: FilterRule[] = [
      { words: 'never', action: 'refuse' },
      { words: 'darn', action: 'mask' },
      { words: 'cheap', action: 'report' },
    ];
    await test.do(owner, 'moderation.set-filter', { space, rules });
  });
  afterAll(() => test.close());
  const post = (clientId: string, text: string) =>
    test.do(owner, 'message.post', { room, clientId: clientId as ClientId, text });

  it('[M5] stores what is masked, and answers a repeated send as the first one', async () => {
    const { id } = await post('a', 'darn it');
    expect((await test.do(owner, 'message.show', { message: id })).message.text).toBe('**** it');
    expect((await post('a', 'darn it')).id).toBe(id);
  });

  it('[M5] holds for edits too', async () => {
    const { id } = await post('b', 'fine');
    expect(await test.refusal(owner, 'message.edit', { message: id, text: 'never' })).toBe('word-refused');
    const { message } = await test.do(owner, 'message.edit', { message: id, text: 'oh darn' });
    expect(message.text).toBe('oh ****');
  });

  it('[M5] tells moderators of what it only reports', async () => {
    const { id } = await post('c', 'cheap things');
    const { cases } = await test.do(owner, 'moderation.queue', { space });
    expect(cases).toMatchObject([{ message: id, reports: [{ by: null, reason: 'word-filter' }] }]);
  });

  it('[M5] takes no rule without a word in it', async () => {
    const rules: FilterRule[] = [{ words: '...', action: 'mask' }];
    expect(await test.refusal(owner, 'moderation.set-filter', { space, rules })).toBe('invalid-params');
  });
});
