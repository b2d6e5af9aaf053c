import { inboxLog, limits, type SpaceId, spaceLog } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.do(mia, 'account.set-status', {});
});

const seen = async () => (await test.do(owner, 'person.look-up', { users: [mia.user] })).people[0];
const told = async () => (await test.events(spaceLog(space))).filter(({ event }) => event === 'space.person-changed');

describe('a status', () => {
  it('[G3] is seen by those who may know of the person, wherever the person is named', async () => {
    const status = { emoji: '🌴', text: 'On holiday', until: test.nowMs + 60_000 };
    const answer = await test.do(mia, 'account.set-status', { ...status, text: '  On holiday ' });
    expect(answer.status).toEqual(status);
    expect((await seen())?.status).toEqual(status);
    expect((await told()).at(-1)?.data).toMatchObject({ person: { id: mia.user, status } });
    const members = await test.do(owner, 'space.members', { space });
    expect(members.members.find(({ person }) => person.id === mia.user)?.person.status).toEqual(status);
    const home = await test.do(mia, 'account.home', {});
    expect(home.me.status).toEqual(status);
    const page = await test.do(owner, 'room.members', { room: home.rooms[0]?.info.id as never });
    expect(page.members.find(({ person }) => person.id === mia.user)?.person.status).toEqual(status);
  });

  it('is an emoji, words, or both; neither takes it away', async () => {
    await test.do(mia, 'account.set-status', { emoji: '🍜' });
    expect((await seen())?.status).toEqual({ emoji: '🍜' });
    await test.do(mia, 'account.set-status', { until: test.nowMs + 1_000 });
    expect(await seen()).not.toHaveProperty('status');
  });

  it('is told when it changes, and only then', async () => {
    const before = (await told()).length;
    for (let times = 0; times < 3; times += 1) await test.do(mia, 'account.set-status', { text: 'Out' });
    expect(await told()).toHaveLength(before + 1);
    const own = (await test.events(inboxLog(mia.user))).at(-1);
    expect(own).toMatchObject({ event: 'inbox.profile-changed', data: { me: { status: { text: 'Out' } } } });
  });

  it.each([{ emoji: 'x' }, { text: '   ' }, { text: 'a'.repeat(limits.statusChars + 1) }, { text: 'Out', until: 1 }])(
    'that is none is refused: %j',
    async (status) => {
      expect(await test.refusal(mia, 'account.set-status', status)).toBe('invalid-params');
    },
  );
});

describe('do not disturb', () => {
  it('is seen by others while it is set', async () => {
    const doNotDisturb = { until: test.nowMs + 60_000, schedule: null };
    await test.do(mia, 'account.set-settings', { doNotDisturb });
    expect((await seen())?.doNotDisturb).toEqual(doNotDisturb);
    await test.do(mia, 'account.set-settings', { doNotDisturb: { until: null, schedule: null } });
    expect(await seen()).not.toHaveProperty('doNotDisturb');
  });

  it('is told to others, but other settings are not', async () => {
    const before = (await told()).length;
    await test.do(mia, 'account.set-settings', { theme: 'dark' });
    expect(await told()).toHaveLength(before);
    await test.do(mia, 'account.set-settings', { doNotDisturb: { until: test.nowMs + 1_000, schedule: null } });
    expect(await told()).toHaveLength(before + 1);
  });
});
