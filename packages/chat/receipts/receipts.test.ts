import { type ClientId, limits, type Receipt, type RoomId, roomLog, type SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let ben: TestPerson;
let space: SpaceId;
let room: RoomId;
let rooms = 0;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  ben = await test.addPerson('ben', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  for (const person of [owner, mia, ben]) await test.do(person, 'account.set-settings', { receipts: 'on' });
  rooms += 1;
  const made = await test.do(owner, 'room.create', { space, name: `room-${rooms}`, visibility: 'public' });
  room = made.room.info.id;
  for (const person of [mia, ben]) await test.do(person, 'room.join', { room });
  test.nowMs += 5_000;
});

async function post(who: TestPerson): Promise<number> {
  sends += 1;
  return (await test.do(who, 'message.post', { room, clientId: `send-${sends}` as ClientId, text: 'hello' })).seq;
}
const deliver = (who: TestPerson, seq: number) => test.do(who, 'receipt.mark-delivered', { rooms: [{ room, seq }] });
const read = (who: TestPerson, seq: number) => test.do(who, 'room.mark-read', { room, seq });
const list = async (who: TestPerson) => (await test.do(who, 'receipt.list', { room })).receipts;
const receiptOf = async (whose: TestPerson, asker = owner) =>
  (await list(asker))?.find(({ user }) => user === whose.user);

async function toldBy(act: () => Promise<unknown>): Promise<Receipt[]> {
  const { ephemerals } = await test.effectsOf(act);
  const frames = ephemerals.filter(({ topic }) => topic === roomLog(room)).map(({ json }) => JSON.parse(json));
  return frames.filter(({ event }) => event === 'receipt.moved').map(({ data }) => data);
}

describe('receipts', () => {
  it('[Q1] say what has come to others, and what they have read, and when', async () => {
    const seq = await post(owner);
    expect(await receiptOf(mia)).toEqual({ user: mia.user, deliveredSeq: 0, readSeq: 0, joinedAt: expect.any(Number) });
    await deliver(mia, seq);
    expect(await receiptOf(mia)).toMatchObject({ deliveredSeq: seq, readSeq: 0 });
    test.nowMs += 2_000;
    await read(mia, seq);
    expect(await receiptOf(mia)).toMatchObject({ deliveredSeq: seq, readSeq: seq, readAt: test.nowMs });
  });

  it('are of the others, not of oneself', async () => {
    expect((await list(owner))?.map(({ user }) => user)).toEqual([mia.user, ben.user].sort());
  });

  it('are told to those who look at the room, when they say something new', async () => {
    const seq = await post(owner);
    expect(await toldBy(() => deliver(mia, seq + 5))).toMatchObject([
      { user: mia.user, deliveredSeq: seq, readSeq: 0 },
    ]);
    expect(await toldBy(() => deliver(mia, seq))).toEqual([]);
    expect(await toldBy(() => read(mia, seq))).toMatchObject([{ deliveredSeq: seq, readSeq: seq, readAt: test.nowMs }]);
    expect(await toldBy(() => read(mia, seq))).toEqual([]);
    expect(await toldBy(() => deliver(mia, seq))).toEqual([]);
  });

  it('[Q2] need no telling of one’s own post, which says that its author has read everything before', async () => {
    expect(await toldBy(() => post(mia))).toEqual([]);
    const seq = await post(mia);
    expect(await receiptOf(mia)).toMatchObject({ deliveredSeq: seq, readSeq: seq });
    expect(await receiptOf(mia)).not.toHaveProperty('readAt');
  });

  it('of rooms that one is not in are passed over', async () => {
    const other = (await test.do(mia, 'room.create', { space, name: `of-mia-${rooms}`, visibility: 'private' })).room;
    const ask = { rooms: [{ room: other.info.id, seq: 1 }] };
    expect((await test.effectsOf(() => test.do(owner, 'receipt.mark-delivered', ask))).ephemerals).toEqual([]);
  });
});

describe('receipts that are turned off', () => {
  it('[Q3] by a person are told to nobody, and the person is told of nobody', async () => {
    await test.do(mia, 'account.set-settings', { receipts: 'off' });
    const seq = await post(owner);
    expect(await toldBy(() => deliver(mia, seq))).toEqual([]);
    expect(await toldBy(() => read(mia, seq))).toEqual([]);
    expect(await receiptOf(mia)).toBeUndefined();
    expect(await receiptOf(ben)).toBeDefined();
    expect(await list(mia)).toBeNull();
  });

  it('[Q3] by a person are those of nobody on the wire to them, though they listen live', async () => {
    await test.do(mia, 'account.set-settings', { receipts: 'off' });
    const seq = await post(owner);
    const { ephemerals } = await test.effectsOf(() => read(ben, seq));
    expect(ephemerals.map(({ except }) => except)).toEqual([[ben.user, mia.user]]);
  });

  it('in a room are told to nobody, until they are turned on again', async () => {
    await test.do(owner, 'room.set-receipts', { room, receipts: 'off' });
    const seq = await post(owner);
    expect(await toldBy(() => read(mia, seq))).toEqual([]);
    expect(await list(owner)).toBeNull();
    expect((await test.do(mia, 'room.show', { room })).room.info.receipts).toBe('off');
    await test.do(owner, 'room.set-receipts', { room, receipts: 'on' });
    expect((await test.do(mia, 'room.show', { room })).room.info).not.toHaveProperty('receipts');
    expect(await receiptOf(mia)).toMatchObject({ readSeq: seq });
  });

  it('are turned off once, which the room and the space hear', async () => {
    const off = () => test.do(owner, 'room.set-receipts', { room, receipts: 'off' });
    const told = await test.effectsOf(off);
    expect(told.events.map(({ json }) => JSON.parse(json).event)).toEqual(['room.receipts-set', 'space.room-changed']);
    expect((await test.effectsOf(off)).events).toEqual([]);
  });
});

describe('in a room of many', () => {
  it('nobody is told how far anyone has come', async () => {
    const people: TestPerson[] = [];
    for (let index = 0; index <= limits.receiptMembers - 3; index += 1) {
      people.push(await test.addPerson(`many-${index}`, { space, role: 'member' }));
    }
    for (const person of people.slice(1)) await test.do(person, 'room.join', { room });
    const seq = await post(owner);
    expect(await toldBy(() => read(mia, seq))).toHaveLength(1);
    await test.do(people[0] as TestPerson, 'room.join', { room });
    const next = await post(owner);
    expect(await toldBy(() => read(mia, next))).toEqual([]);
    expect(await list(owner)).toBeNull();
  });
});
