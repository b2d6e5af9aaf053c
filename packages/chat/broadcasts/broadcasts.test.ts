import { limits, type RoomId, roomLog, type SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let ben: TestPerson;
let stranger: TestPerson;
let space: SpaceId;
let general: RoomId;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  ben = await test.addPerson('ben', { space, role: 'member' });
  stranger = await test.addPerson('sam');
});
afterEach(() => test.close());

const pointer = () => ({ room: general, from: 'tab-1', name: 'pointer', payload: '[3,4]' });

describe('a broadcast', () => {
  it('[B1] is told on the room to everyone, its sender too, with who and which connection sent it, and not stored', async () => {
    const told = await test.effectsOf(() => test.do(ben, 'broadcast.send', pointer()));
    expect(told.events).toEqual([]);
    expect(told.ephemerals).toMatchObject([{ topic: roomLog(general) }]);
    expect(told.ephemerals[0]).not.toHaveProperty('except');
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toEqual({
      event: 'broadcast.sent',
      log: roomLog(general),
      at: test.nowMs,
      data: { user: ben.user, from: 'tab-1', name: 'pointer', payload: '[3,4]' },
    });
  });

  it('may say nothing of the connection that it comes from', async () => {
    const { from: _, ...unnamed } = pointer();
    const told = await test.effectsOf(() => test.do(ben, 'broadcast.send', unnamed));
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toMatchObject({ data: { from: null } });
  });

  it('[B2] never takes the place of another one', async () => {
    const told = await test.effectsOf(async () => {
      for (let count = 0; count < 3; count += 1) await test.do(ben, 'broadcast.send', pointer());
    });
    expect(new Set(told.ephemerals.map(({ key }) => key)).size).toBe(3);
  });

  it('[B1] comes from members only, and not in an archived room', async () => {
    expect(await test.refusal(stranger, 'broadcast.send', pointer())).toBe('not-found');
    await test.do(ben, 'room.leave', { room: general });
    expect(await test.refusal(ben, 'broadcast.send', pointer())).toBe('forbidden');
    await test.do(owner, 'room.archive', { room: general });
    expect(await test.refusal(owner, 'broadcast.send', pointer())).toBe('room-archived');
  });

  it.each([
    ['a payload over the bound', { payload: 'x'.repeat(limits.broadcastChars + 1) }],
    ['a name over the bound', { name: 'x'.repeat(limits.broadcastNameChars + 1) }],
    ['no name', { name: '' }],
    ['a name with control characters', { name: 'a\nb' }],
    ['a connection of other characters', { from: 'a/b' }],
  ])('with %s is refused', async (_, wrong) => {
    expect(await test.refusal(ben, 'broadcast.send', { ...pointer(), ...wrong })).toBe('invalid-params');
  });

  it('of the largest size is passed on whole', async () => {
    const payload = 'x'.repeat(limits.broadcastChars);
    const told = await test.effectsOf(() => test.do(ben, 'broadcast.send', { ...pointer(), payload }));
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toMatchObject({ data: { payload } });
  });
});

it('[B3] one person’s broadcasts have a rate of their own', async () => {
  const limited = await createTestChat({ realRates: true });
  try {
    const { owner: person, general: room } = await limited.found();
    const params = { ...pointer(), room };
    let taken = 0;
    while ((await limited.refusal(person, 'broadcast.send', params)) === undefined) taken += 1;
    expect(taken).toBe(120);
    expect(await limited.refusal(person, 'broadcast.send', params)).toBe('too-many-requests');
    limited.nowMs += 1_000;
    expect(await limited.refusal(person, 'broadcast.send', params)).toBeUndefined();
  } finally {
    await limited.close();
  }
});
