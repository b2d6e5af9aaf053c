import type { ClientId, MessageId, RoomId, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let room: RoomId;
let rooms = 0;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  rooms += 1;
  const made = await test.do(owner, 'room.create', { space, name: `room-${rooms}`, visibility: 'public' });
  room = made.room.info.id;
  await test.do(mia, 'room.join', { room });
});

async function post(text = 'hello'): Promise<MessageId> {
  sends += 1;
  return (await test.do(owner, 'message.post', { room, clientId: `send-${sends}` as ClientId, text })).id;
}
const pin = (who: TestPerson, message: MessageId) => test.do(who, 'message.pin', { message });
const unpin = (who: TestPerson, message: MessageId) => test.do(who, 'message.unpin', { message });
const pins = async () => (await test.do(mia, 'message.pins', { room })).messages;
const told = async () =>
  (await test.events(`room:${room}`)).filter(({ event }) => event.startsWith('message.') && event.includes('pinned'));

describe('pins', () => {
  it('stand with the message and in the room’s list, the one pinned last first', async () => {
    const [first, second] = [await post('first'), await post('second')];
    await pin(mia, second);
    test.nowMs += 1_000;
    await pin(owner, first);
    expect(await pins()).toMatchObject([
      { id: first, text: 'first', pinned: { by: owner.user, at: test.nowMs } },
      { id: second, text: 'second', pinned: { by: mia.user } },
    ]);
    const { people } = await test.do(mia, 'message.pins', { room });
    expect(people.map(({ id }) => id).sort()).toEqual([owner.user, mia.user].sort());
    const page = await test.do(mia, 'message.list', { room });
    expect(page.messages.map(({ pinned }) => pinned?.by)).toEqual([owner.user, mia.user]);
  });

  it('[J1] are told once, and stand as lines in the timeline', async () => {
    const message = await post();
    for (let times = 0; times < 2; times += 1) await pin(mia, message);
    for (let times = 0; times < 2; times += 1) await unpin(owner, message);
    expect((await told()).map(({ event, by, data }) => [event, by, data])).toEqual([
      ['message.pinned', mia.user, { message }],
      ['message.unpinned', owner.user, { message }],
    ]);
    const { notices } = await test.do(mia, 'message.list', { room });
    expect(notices.map(({ event }) => event).slice(-2)).toEqual(['message.pinned', 'message.unpinned']);
    expect(await pins()).toEqual([]);
  });

  it('[J2] go with a message that is deleted, which cannot be pinned any more', async () => {
    const message = await post();
    await pin(mia, message);
    await test.do(owner, 'message.delete', { message });
    expect(await pins()).toEqual([]);
    expect((await test.do(mia, 'message.show', { message })).message.pinned).toBeUndefined();
    expect(await test.refusal(mia, 'message.pin', { message })).toBe('message-deleted');
  });

  it('stay as they are in an archived room', async () => {
    const [pinned, other] = [await post(), await post()];
    await pin(owner, pinned);
    await test.do(owner, 'room.archive', { room });
    expect(await test.refusal(owner, 'message.pin', { message: other })).toBe('room-archived');
    expect(await test.refusal(owner, 'message.unpin', { message: pinned })).toBe('room-archived');
    expect(await pins()).toHaveLength(1);
  });

  it('are of a bounded number in a room', async () => {
    const messages: MessageId[] = [];
    for (let index = 0; index <= limits.pinsPerRoom; index += 1) {
      messages.push(await post());
      test.nowMs += 1_000;
    }
    for (const message of messages.slice(1)) {
      await pin(owner, message);
      test.nowMs += 1_000;
    }
    const before = (await told()).length;
    expect(await test.refusal(mia, 'message.pin', { message: messages[0] as MessageId })).toBe('limit-reached');
    expect(await told()).toHaveLength(before);
    await unpin(mia, messages[1] as MessageId);
    expect(await test.refusal(mia, 'message.pin', { message: messages[0] as MessageId })).toBeUndefined();
  });
});
