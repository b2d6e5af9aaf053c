import type { SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

const day = 86_400_000;
let test: TestChat;
let owner: TestPerson;
let space: SpaceId;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
});
afterEach(() => test.close());

describe('an invitation', () => {
  it('tells what it is for, to anyone who has its token', async () => {
    const { invite, token } = await test.do(owner, 'invite.create', { space, maxUses: 3 });
    expect(invite).toMatchObject({ role: 'member', uses: 0, maxUses: 3, hint: token.slice(-4) });
    expect(invite.expiresAt).toBe(test.nowMs + 7 * day);
    expect(await test.do(null, 'invite.look-up', { token })).toEqual({
      space: { id: space, name: 'Team' },
      role: 'member',
      invitedBy: 'Owner',
    });
  });

  it('stops working when it expires, is used up or is withdrawn', async () => {
    const once = await test.do(owner, 'invite.create', { space, maxUses: 1 });
    const short = await test.do(owner, 'invite.create', { space, expiresInMs: 60_000 });
    const gone = await test.do(owner, 'invite.create', { space });
    const people = [await test.addPerson('ben'), await test.addPerson('cy')] as const;
    await test.do(people[0], 'invite.accept', { token: once.token });
    await test.do(owner, 'invite.revoke', { invite: gone.invite.id });
    test.nowMs += 60_000;
    for (const { token } of [once, short, gone]) {
      expect(await test.refusal(null, 'invite.look-up', { token })).toBe('invite-invalid');
      expect(await test.refusal(people[1], 'invite.accept', { token })).toBe('invite-invalid');
    }
    expect((await test.do(owner, 'invite.list', { space })).invites).toEqual([]);
  });

  it('keeps its use, and the person their role, when they are in the space already', async () => {
    const { token } = await test.do(owner, 'invite.create', { space, maxUses: 1, role: 'guest' });
    const { space: view } = await test.do(owner, 'invite.accept', { token });
    expect(view.role).toBe('owner');
    expect((await test.do(owner, 'invite.list', { space })).invites).toMatchObject([{ uses: 0 }]);
  });

  it('brings a guest into no room', async () => {
    const { token } = await test.do(owner, 'invite.create', { space, role: 'guest' });
    const guest = await test.addPerson('ben');
    await test.do(guest, 'invite.accept', { token });
    const home = await test.do(guest, 'account.home', {});
    expect(home.rooms).toEqual([]);
    expect(home.people.map((person) => person.handle)).toEqual(['ben']);
  });

  it('for one use is redeemed once, though a hundred try together', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { token } = await test.do(owner, 'invite.create', { space, maxUses: 1 });
      const people: TestPerson[] = [];
      for (let index = 0; index < 100; index += 1) people.push(await test.addPerson(`p${round}-${index}`));
      const answers = await Promise.all(people.map((person) => test.refusal(person, 'invite.accept', { token })));
      expect(answers.filter((code) => code === undefined)).toHaveLength(1);
      expect(answers.filter((code) => code === 'invite-invalid')).toHaveLength(99);
    }
  });

  it('is unknown to members, and to admins of another space', async () => {
    const member = await test.addPerson('ben', { space, role: 'member' });
    const { space: second } = await test.do(owner, 'space.create', { name: 'Second' });
    const admin = await test.addPerson('cy', { space: second.id, role: 'admin' });
    const { invite } = await test.do(owner, 'invite.create', { space });
    expect(await test.refusal(member, 'invite.revoke', { invite: invite.id })).toBe('not-found');
    expect(await test.refusal(admin, 'invite.revoke', { invite: invite.id })).toBe('not-found');
    expect(await test.refusal(owner, 'invite.revoke', { invite: invite.id })).toBe(undefined);
  });

  it('cannot be one of too many', async () => {
    for (let index = 0; index < 200; index += 1) await test.do(owner, 'invite.create', { space });
    expect(await test.refusal(owner, 'invite.create', { space })).toBe('limit-reached');
  });
});
