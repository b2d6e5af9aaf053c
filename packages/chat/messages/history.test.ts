import type { ClientId, MessageId, RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let general: RoomId;
let message: MessageId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, general } = await test.found());
});
afterAll(() => test.close());
beforeEach(async () => {
  sends += 1;
  const post = { room: general, clientId: `send-${sends}` as ClientId, text: 'first' };
  ({ id: message } = await test.do(owner, 'message.post', post));
});

const edit = async (text: string) => {
  test.nowMs += 1_000;
  await test.do(owner, 'message.edit', { message, text });
};
const history = async () => (await test.do(owner, 'message.history', { message })).versions;

describe('a message’s history', () => {
  it('[R6] is each text from when it was said, the last one what it says now', async () => {
    const at = test.nowMs;
    expect(await history()).toEqual([{ text: 'first', at }]);
    await edit('second');
    await edit('second');
    await edit('third');
    expect(await history()).toEqual([
      { text: 'first', at },
      { text: 'second', at: at + 1_000 },
      { text: 'third', at: at + 3_000 },
    ]);
  });

  it('is gone when the message is', async () => {
    await edit('never said');
    await edit('second');
    await test.do(owner, 'message.delete', { message });
    expect(await history()).toEqual([]);
    expect(await test.database.read<string>('testing.everything', null)).not.toContain('never said');
  });

  it('keeps a bounded number of earlier texts, the newest', async () => {
    for (let count = 0; count < limits.messageVersions + 2; count += 1) await edit(`text ${count}`);
    const versions = await history();
    expect(versions).toHaveLength(limits.messageVersions + 1);
    expect(versions[0]?.text).toBe('text 1');
  });
});
