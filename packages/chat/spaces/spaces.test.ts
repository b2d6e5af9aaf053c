import { inboxLog, roomLog, type SpaceId, spaceLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let space: SpaceId;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
});
afterEach(() => test.close());

const roleOf = async (person: TestPerson) =>
  (await test.do(person, 'account.home', {})).spaces.find((view) => view.id === space)?.role;

describe('a space', () => {
  it('is made by an owner of the first space, with a general room', async () => {
    const { space: second } = await test.do(owner, 'space.create', { name: 'Second' });
    const { rooms } = await test.do(owner, 'room.browse', { space: second.id });
    expect(rooms.map((room) => [room.info.name, room.memberCount])).toEqual([['general', 1]]);
    expect(second).toMatchObject({ name: 'Second', role: 'owner', memberCount: 1 });
  });

  it('made later gives its owners no right to make more', async () => {
    const ben = await test.addPerson('ben', { space, role: 'admin' });
    const { space: second } = await test.do(owner, 'space.create', { name: 'Second' });
    const { token } = await test.do(owner, 'invite.create', { space: second.id, role: 'admin' });
    await test.do(ben, 'invite.accept', { token });
    await test.do(owner, 'space.set-role', { space: second.id, user: ben.user, role: 'owner' });
    expect(await test.refusal(ben, 'space.create', { name: 'Third' })).toBe('forbidden');
  });

  it('tells its new name once', async () => {
    const told = await test.effectsOf(async () => {
      await test.do(owner, 'space.rename', { space, name: 'Crew' });
      await test.do(owner, 'space.rename', { space, name: ' Crew ' });
    });
    expect(told.events.map((event) => JSON.parse(event.json).event)).toEqual(['space.renamed']);
  });

  it('lists its members by id, page by page', async () => {
    for (const handle of ['ben', 'cy', 'dee', 'eli']) await test.addPerson(handle, { space, role: 'member' });
    const seen: string[] = [];
    let after: TestPerson['user'] | undefined;
    for (let more = true; more; ) {
      const page = await test.do(owner, 'space.members', { space, limit: 2, ...(after ? { after } : {}) });
      seen.push(...page.members.map((member) => member.person.handle));
      after = page.members.at(-1)?.person.id;
      more = page.more;
    }
    expect(seen).toEqual(['owner', 'ben', 'cy', 'dee', 'eli']);
  });

  it('lists those who are called so: by the beginning of their handle, or of a word of their name', async () => {
    const names = { ben: 'Öykü Kaya', cy: 'Zoe Adams', dee: '100% Dee', eli: 'Adaline' };
    for (const [handle, name] of Object.entries(names)) {
      await test.do(await test.addPerson(handle, { space, role: 'member' }), 'account.rename', { name });
    }
    const called = async (text: string) =>
      (await test.do(owner, 'space.members', { space, text })).members.map(({ person }) => person.handle);
    expect(await called('ADA')).toEqual(['cy', 'eli']);
    expect(await called('öy')).toEqual(['ben']);
    expect(await called('el')).toEqual(['eli']);
    expect(await called('%')).toEqual([]);
    expect(await called('100%')).toEqual(['dee']);
    expect(await called('dams')).toEqual([]);
  });
});

describe('roles', () => {
  it('of owners are made and unmade by owners only', async () => {
    const admin = await test.addPerson('ben', { space, role: 'admin' });
    const member = await test.addPerson('cy', { space, role: 'member' });
    const setRole = (who: TestPerson, user: TestPerson, role: 'owner' | 'admin' | 'member') =>
      test.refusal(who, 'space.set-role', { space, user: user.user, role });
    expect(await setRole(admin, member, 'owner')).toBe('forbidden');
    expect(await setRole(admin, owner, 'member')).toBe('forbidden');
    expect(await setRole(admin, member, 'admin')).toBe(undefined);
    expect(await setRole(owner, member, 'owner')).toBe(undefined);
    expect(await setRole(member, owner, 'admin')).toBe(undefined);
    expect(await roleOf(owner)).toBe('admin');
  });

  it('leave a space one owner at least', async () => {
    expect(await test.refusal(owner, 'space.set-role', { space, user: owner.user, role: 'admin' })).toBe('last-owner');
    expect(await test.refusal(owner, 'space.remove-member', { space, user: owner.user })).toBe('last-owner');
  });

  it('of people who are not there are not found', async () => {
    const stranger = await test.addPerson('ben');
    const params = { space, user: stranger.user, role: 'admin' } as const;
    expect(await test.refusal(owner, 'space.set-role', params)).toBe('not-found');
    expect(await test.refusal(owner, 'space.remove-member', { space, user: stranger.user })).toBe('not-found');
  });

  it('cut to guest take the space and its other rooms away at once', async () => {
    const ben = await test.addPerson('ben', { space, role: 'member' });
    const { room } = await test.do(owner, 'room.create', { space, name: 'open', visibility: 'public' });
    const told = await test.effectsOf(() => test.do(owner, 'space.set-role', { space, user: ben.user, role: 'guest' }));
    expect(told.revocations).toMatchObject([
      { kind: 'log', user: ben.user, log: spaceLog(space) },
      { kind: 'log', user: ben.user, log: roomLog(room.info.id) },
    ]);
    expect(await test.chat.mayListen(ben.actor, [spaceLog(space), roomLog(room.info.id)])).toEqual([
      undefined,
      undefined,
    ]);
    expect((await test.do(ben, 'account.home', {})).spaces).toMatchObject([
      { role: 'guest', position: null, memberCount: 0 },
    ]);
  });
});

describe('removing someone from a space', () => {
  it('takes them out of all of its rooms and cuts what they hear', async () => {
    const ben = await test.addPerson('ben', { space, role: 'member' });
    const open = (await test.do(owner, 'room.create', { space, name: 'open', visibility: 'public' })).room.info.id;
    const inside = (await test.do(ben, 'room.create', { space, name: 'inside', visibility: 'private' })).room.info.id;
    const told = await test.effectsOf(() => test.do(owner, 'space.remove-member', { space, user: ben.user }));
    const home = await test.do(ben, 'account.home', {});
    expect([home.spaces, home.rooms]).toEqual([[], []]);
    const cut = told.revocations.map((revocation) => (revocation.kind === 'log' ? revocation.log : ''));
    expect(cut).toEqual(expect.arrayContaining([spaceLog(space), roomLog(open), roomLog(inside)]));
    const listened = await test.chat.mayListen(ben.actor, [spaceLog(space), roomLog(open), roomLog(inside)]);
    expect(listened).toEqual([undefined, undefined, undefined]);
    const inbox = (await test.events(inboxLog(ben.user))).map((event) => event.event);
    const removed = ['inbox.room-removed', 'inbox.room-removed', 'inbox.space-removed'];
    expect(inbox.slice(-4)).toEqual([...removed, 'inbox.moderation-noted']);
  });

  it('is not an admin’s to do to an owner', async () => {
    const admin = await test.addPerson('ben', { space, role: 'admin' });
    expect(await test.refusal(admin, 'space.remove-member', { space, user: owner.user })).toBe('forbidden');
    expect(await test.refusal(owner, 'space.remove-member', { space, user: admin.user })).toBe(undefined);
  });
});
