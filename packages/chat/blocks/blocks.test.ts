import { type ClientId, inboxLog, limits, type SpaceId, type UserId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let ben: TestPerson;
let space: SpaceId;
let sends = 0;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  ben = await test.addPerson('ben', { space, role: 'member' });
});
afterEach(() => test.close());

const idOf = async (who: TestPerson, ...others: TestPerson[]) =>
  (await test.do(who, 'direct.open', { users: others.map(({ user }) => user) })).room.info.id;
const sendTo = (room: Awaited<ReturnType<typeof idOf>>) => {
  sends += 1;
  return { room, clientId: `send-${sends}` as ClientId, text: 'hello' };
};

describe('whom one blocks', () => {
  it('is listed, the latest first, and told to one’s devices alone, each once', async () => {
    for (const { user } of [ben, owner, ben]) {
      test.nowMs += 1;
      await test.do(mia, 'block.add', { user });
    }
    const { blocks } = await test.do(mia, 'block.list', {});
    expect(blocks.map(({ user }) => user)).toEqual([owner.user, ben.user]);
    expect((await test.do(mia, 'account.home', {})).blocked).toEqual([owner.user, ben.user]);
    for (let times = 0; times < 2; times += 1) await test.do(mia, 'block.remove', { user: ben.user });
    const names = (await test.events(inboxLog(mia.user))).map(({ event }) => event).slice(-3);
    expect(names).toEqual(['inbox.block-added', 'inbox.block-added', 'inbox.block-removed']);
    expect(JSON.stringify(await test.events(inboxLog(ben.user)))).not.toContain('block');
    expect((await test.do(ben, 'account.home', {})).blocked).toEqual([]);
  });

  it('is somebody one may know, and not oneself', async () => {
    const sam = await test.addPerson('sam');
    for (const user of [sam.user, mia.user, 'nobody-at-all-is-called-so' as UserId]) {
      expect(['not-found', 'invalid-params']).toContain(await test.refusal(mia, 'block.add', { user }));
    }
  });

  it('[K5] does not write one a direct message, nor into the one that there is', async () => {
    const room = await idOf(ben, mia);
    const { id } = await test.do(ben, 'message.post', sendTo(room));
    await test.do(mia, 'block.add', { user: ben.user });
    expect(await test.refusal(ben, 'message.post', sendTo(room))).toBe('not-accepted');
    expect(await test.refusal(ben, 'message.edit', { message: id, text: 'worse' })).toBe('not-accepted');
    expect(await test.refusal(ben, 'direct.open', { users: [mia.user] })).toBe('not-accepted');
    expect((await test.do(ben, 'room.show', { room })).room.position.count).toBe(1);
    await test.do(mia, 'message.post', sendTo(room));
    await test.do(mia, 'block.remove', { user: ben.user });
    expect(await test.refusal(ben, 'message.post', sendTo(room))).toBeUndefined();
  });

  it('does not bring one into a further group, and writes in those there are', async () => {
    const group = await idOf(ben, mia, owner);
    const other = await idOf(ben, owner, await test.addPerson('cat', { space, role: 'member' }));
    await test.do(mia, 'block.add', { user: ben.user });
    const users = [mia.user];
    for (const history of ['visible', 'new'] as const) {
      expect(await test.refusal(ben, 'group.add', { room: other, users, history })).toBe('not-accepted');
    }
    expect(await idOf(ben, mia, owner)).toBe(group);
    expect(await test.refusal(ben, 'message.post', sendTo(group))).toBeUndefined();
  });

  it('are a bounded number', async () => {
    await test.database.write('testing.many-blocks', { user: mia.user, count: limits.blocksPerPerson });
    expect(await test.refusal(mia, 'block.add', { user: ben.user })).toBe('limit-reached');
  });
});
