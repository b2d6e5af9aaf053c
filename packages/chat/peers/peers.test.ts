import { inboxLog, limits, type RoomId, roomLog, type SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bounds } from '../bounds.ts';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { leaseTimes } from './peer-lease-store.ts';

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

const offer = { from: 'a', kind: 'offer', payload: '{"sdp":"v=0"}' } as const;
const toBen = () => ({ room: general, to: ben.user, peer: 'b', ...offer });

describe('a signal', () => {
  it('[P2] is heard on the recipient’s inbox and nowhere else, with who sent it, and not stored', async () => {
    const told = await test.effectsOf(() => test.do(owner, 'peer.signal', toBen()));
    expect(told.events).toEqual([]);
    expect(told.ephemerals.map(({ topic, except }) => [topic, except])).toEqual([[inboxLog(ben.user), undefined]]);
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toEqual({
      event: 'peer.signal',
      log: inboxLog(ben.user),
      at: test.nowMs,
      data: { room: general, user: owner.user, peer: 'b', ...offer },
    });
  });

  it('[P3] never takes the place of another one', async () => {
    const told = await test.effectsOf(async () => {
      for (let count = 0; count < 3; count += 1) await test.do(owner, 'peer.signal', toBen());
    });
    expect(new Set(told.ephemerals.map(({ key }) => key)).size).toBe(3);
  });

  it('[P2] goes to people in the same room only, and not in an archived one', async () => {
    expect(await test.refusal(owner, 'peer.signal', { ...toBen(), to: stranger.user })).toBe('not-found');
    expect(await test.refusal(stranger, 'peer.signal', toBen())).toBe('not-found');
    await test.do(ben, 'room.leave', { room: general });
    expect(await test.refusal(owner, 'peer.signal', toBen())).toBe('not-found');
    await test.do(owner, 'room.archive', { room: general });
    expect(await test.refusal(owner, 'peer.signal', { ...toBen(), to: owner.user })).toBe('room-archived');
  });

  it('may be for one’s own other devices', async () => {
    const told = await test.effectsOf(() => test.do(owner, 'peer.signal', { ...toBen(), to: owner.user, peer: '*' }));
    expect(told.ephemerals).toMatchObject([{ topic: inboxLog(owner.user) }]);
  });

  it.each([
    ['a payload over the bound', { payload: 'x'.repeat(limits.signalChars + 1) }],
    ['a peer id over the bound', { peer: 'x'.repeat(limits.peerIdChars + 1) }],
    ['an empty id', { from: '' }],
    ['an id of other characters', { from: 'a/b' }],
    ['“*” as the sender', { from: '*' }],
    ['another kind', { kind: 'shout' as 'offer' }],
  ])('with %s is refused', async (_, wrong) => {
    expect(await test.refusal(owner, 'peer.signal', { ...toBen(), ...wrong })).toBe('invalid-params');
  });

  it('of the largest size is passed on whole', async () => {
    const payload = 'x'.repeat(limits.signalChars);
    const told = await test.effectsOf(() => test.do(owner, 'peer.signal', { ...toBen(), payload }));
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toMatchObject({ data: { payload } });
  });
});

describe('an announcement', () => {
  it('[P1] is told in the room, to the announcer’s other devices too, the last word of a moment', async () => {
    const announce = { room: general, from: 'a', present: true };
    const told = await test.effectsOf(() => test.do(owner, 'peer.announce', announce));
    expect(told.events).toEqual([]);
    expect(told.ephemerals).toMatchObject([{ topic: roomLog(general), key: `peer:${owner.user}:a` }]);
    expect(told.ephemerals[0]).not.toHaveProperty('except');
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toMatchObject({
      event: 'peer.announced',
      log: roomLog(general),
      data: { user: owner.user, from: 'a', present: true },
    });
    await test.do(owner, 'room.archive', { room: general });
    expect(await test.refusal(owner, 'peer.announce', announce)).toBe('room-archived');
  });
});

describe('a claimed id', () => {
  const claim = { peer: 'board', holder: 'one', secret: 'hush' };

  it('[P5] is its person’s, and nobody else’s, until the lease has run out', async () => {
    const { expiresAt } = await test.do(owner, 'peer.claim', claim);
    expect(expiresAt).toBe(test.nowMs + leaseTimes.heldMs);
    expect(await test.refusal(ben, 'peer.claim', claim)).toBe('peer-id-taken');
    test.nowMs = expiresAt - 1;
    expect(await test.refusal(ben, 'peer.claim', claim)).toBe('peer-id-taken');
    test.nowMs = expiresAt;
    expect(await test.refusal(ben, 'peer.claim', claim)).toBeUndefined();
    expect(await test.refusal(owner, 'peer.renew', claimOf('one'))).toBe('not-found');
  });

  it('[P5] is taken back with the same secret, not with another one', async () => {
    await test.do(owner, 'peer.claim', claim);
    expect(await test.refusal(owner, 'peer.claim', { ...claim, secret: 'other' })).toBe('peer-id-taken');
    expect(await test.refusal(owner, 'peer.claim', { ...claim, holder: 'two' })).toBeUndefined();
    // The connection before holds it no longer.
    expect(await test.refusal(owner, 'peer.renew', claimOf('one'))).toBe('not-found');
    expect(await test.refusal(owner, 'peer.release', claimOf('one'))).toBe('not-found');
    expect(await test.refusal(owner, 'peer.renew', claimOf('two'))).toBeUndefined();
  });

  it('[P5] lasts on when it is renewed, and for a minute when it is released', async () => {
    await test.do(owner, 'peer.claim', claim);
    test.nowMs += leaseTimes.heldMs - 1;
    const { expiresAt } = await test.do(owner, 'peer.renew', claimOf('one'));
    expect(expiresAt).toBe(test.nowMs + leaseTimes.heldMs);
    await test.do(owner, 'peer.release', claimOf('one'));
    test.nowMs += leaseTimes.keptMs - 1;
    expect(await test.refusal(ben, 'peer.claim', claim)).toBe('peer-id-taken');
    test.nowMs += 1;
    expect(await test.refusal(ben, 'peer.claim', claim)).toBeUndefined();
  });

  it('is one of a bounded number, of which those that ran out no longer count', async () => {
    for (let count = 0; count < bounds.peerIdsPerUser; count += 1) {
      await test.do(owner, 'peer.claim', { ...claim, peer: `p${count}` });
    }
    expect(await test.refusal(owner, 'peer.claim', claim)).toBe('limit-reached');
    expect(await test.refusal(owner, 'peer.claim', { ...claim, peer: 'p0' })).toBeUndefined();
    test.nowMs += leaseTimes.heldMs;
    expect(await test.refusal(owner, 'peer.claim', claim)).toBeUndefined();
  });

  function claimOf(holder: string) {
    return { peer: 'board', holder };
  }
});

describe('whoever has a claimed id', () => {
  const reach = { peer: 'b', from: 'a', kind: 'offer', payload: 'x' } as const;
  beforeEach(async () => {
    await test.do(owner, 'peer.claim', { peer: 'a', holder: 'ha', secret: 's' });
    await test.do(ben, 'peer.claim', { peer: 'b', holder: 'hb', secret: 's' });
  });

  it('[P6] is reached on their inbox, by the connection that holds the id', async () => {
    const told = await test.effectsOf(async () => {
      await test.do(owner, 'peer.reach', reach);
      await test.do(owner, 'peer.reach', reach);
    });
    expect(told.events).toEqual([]);
    expect(new Set(told.ephemerals.map(({ key }) => key)).size).toBe(2);
    expect(told.ephemerals).toMatchObject([{ topic: inboxLog(ben.user) }, { topic: inboxLog(ben.user) }]);
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toEqual({
      event: 'peer.reached',
      log: inboxLog(ben.user),
      at: test.nowMs,
      data: { user: owner.user, holder: 'hb', ...reach },
    });
  });

  it('[P6] is not reached when nobody holds the id now, as when there is none', async () => {
    await test.do(ben, 'peer.release', { peer: 'b', holder: 'hb' });
    expect(await test.refusal(owner, 'peer.reach', reach)).toBe('not-found');
    expect(await test.refusal(owner, 'peer.reach', { ...reach, peer: 'c' })).toBe('not-found');
  });

  it('[P6] is not reached from an id that is not one’s own', async () => {
    expect(await test.refusal(owner, 'peer.reach', { ...reach, from: 'b' })).toBe('forbidden');
    expect(await test.refusal(owner, 'peer.reach', { ...reach, from: 'c' })).toBe('forbidden');
  });

  it('[P6] is not reached by people with whom they share no space', async () => {
    await test.do(stranger, 'peer.claim', { peer: 'c', holder: 'hc', secret: 's' });
    expect(await test.refusal(stranger, 'peer.reach', { ...reach, from: 'c' })).toBe('not-found');
    expect(await test.refusal(owner, 'peer.reach', { ...reach, peer: 'c' })).toBe('not-found');
  });

  it('[P6] is reached by a guest, and reaches them, where both are in one room', async () => {
    const guest = await test.addPerson('gus', { space, role: 'guest' });
    await test.do(guest, 'peer.claim', { peer: 'g', holder: 'hg', secret: 's' });
    expect(await test.refusal(guest, 'peer.reach', { ...reach, from: 'g' })).toBe('not-found');
    expect(await test.refusal(owner, 'peer.reach', { ...reach, peer: 'g' })).toBe('not-found');
    await test.do(owner, 'room.invite', { room: general, user: guest.user });
    expect(await test.refusal(guest, 'peer.reach', { ...reach, from: 'g' })).toBeUndefined();
    expect(await test.refusal(owner, 'peer.reach', { ...reach, peer: 'g' })).toBeUndefined();
  });
});

it('[P7] one person’s signals have a rate of their own', async () => {
  const limited = await createTestChat({ realRates: true });
  try {
    const found = await limited.found();
    const params = { room: found.general, to: found.owner.user, peer: '*', ...offer };
    let taken = 0;
    while ((await limited.refusal(found.owner, 'peer.signal', params)) === undefined) taken += 1;
    expect(taken).toBe(200);
    expect(await limited.refusal(found.owner, 'peer.signal', params)).toBe('too-many-requests');
    limited.nowMs += 1_000;
    expect(await limited.refusal(found.owner, 'peer.signal', params)).toBeUndefined();
  } finally {
    await limited.close();
  }
});
