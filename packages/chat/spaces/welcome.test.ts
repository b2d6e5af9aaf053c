import type { RoomId, SpaceId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { Replica } from '../testing/replica.ts';

let test: TestChat;
let owner: TestPerson;
let space: SpaceId;
let general: RoomId;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
});
afterAll(() => test.close());

const shown = async (person: TestPerson) => {
  const { spaces } = await test.do(person, 'account.home', {});
  return spaces.map(({ welcome, greet }) => ({ welcome, greet }))[0];
};
const dismissals = async (person: TestPerson) =>
  (await test.events(inboxLog(person.user))).filter(({ event }) => event === 'inbox.welcome-dismissed').length;

describe('the welcome message of a space', () => {
  it('[T1] greets those who join while there is one, guests too, until they dismiss it', async () => {
    const before = await test.addPerson('before', { space, role: 'member' });
    await test.do(owner, 'space.set-welcome', { space, welcome: ' # Hello\nRead the rules. ' });
    const welcome = '# Hello\nRead the rules.';
    const [mia, gus] = [
      await test.addPerson('mia', { space, role: 'member' }),
      await test.addPerson('gus', { space, role: 'guest' }),
    ];
    expect(await shown(before)).toEqual({ welcome, greet: undefined });
    expect(await shown(mia)).toEqual({ welcome, greet: true });
    expect(await shown(gus)).toEqual({ welcome, greet: true });
    const stale = await Replica.load(test, mia);
    for (let times = 0; times < 2; times += 1) await test.do(mia, 'space.dismiss-welcome', { space });
    expect(await shown(mia)).toEqual({ welcome, greet: undefined });
    expect(await dismissals(mia)).toBe(1);
    await stale.catchUp();
    const fresh = await Replica.load(test, mia);
    expect(stale.shown(fresh.loadedRooms)).toEqual(fresh.shown(fresh.loadedRooms));
    await test.do(owner, 'space.set-welcome', { space, welcome: 'New words' });
    expect(await shown(mia)).toEqual({ welcome: 'New words', greet: undefined });
    expect(await shown(gus)).toEqual({ welcome: 'New words', greet: true });
  });

  it('is gone when its text is empty', async () => {
    await test.do(owner, 'space.set-welcome', { space, welcome: ' ' });
    const late = await test.addPerson('late', { space, role: 'member' });
    expect(await shown(late)).toEqual({});
  });
});

describe('the description of a room', () => {
  const describeRoom = (who: TestPerson, description: string) =>
    test.do(who, 'room.set-description', { room: general, description });
  const descriptionOf = async () => (await test.do(owner, 'room.show', { room: general })).room.info.description;

  it('[T2] stands with the room, is told to those in it and to the space, and can be taken away', async () => {
    for (let times = 0; times < 2; times += 1) await describeRoom(owner, ' **Everything** else ');
    expect(await descriptionOf()).toBe('**Everything** else');
    const told = (await test.events(`room:${general}`)).filter(({ event }) => event === 'room.description-set');
    expect(told.map(({ data }) => data)).toEqual([{ description: '**Everything** else' }]);
    const changed = (await test.events(`space:${space}`)).findLast(({ event }) => event === 'space.room-changed');
    expect(changed?.data).toMatchObject({ room: { description: '**Everything** else' } });
    await describeRoom(owner, '');
    expect(await descriptionOf()).toBeUndefined();
  });

  it('is of channels and groups, and refused where a room is archived', async () => {
    const { room } = await test.do(owner, 'direct.open', { users: [owner.user] });
    const params = { room: room.info.id, description: 'x' };
    expect(await test.refusal(owner, 'room.set-description', params)).toBe('forbidden');
    await test.do(owner, 'room.archive', { room: general });
    expect(await test.refusal(owner, 'room.set-description', { ...params, room: general })).toBe('room-archived');
  });
});
