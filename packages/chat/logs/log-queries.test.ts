import { type ClientId, inboxLog, type LogId, type RoomId, roomLog, type SpaceId, spaceLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let member: TestPerson;
let guest: TestPerson;
let stranger: TestPerson;
let space: SpaceId;
let open: RoomId;
let inside: RoomId;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  member = await test.addPerson('mia', { space, role: 'member' });
  guest = await test.addPerson('gus', { space, role: 'guest' });
  stranger = await test.addPerson('sam');
  open = (await test.do(owner, 'room.create', { space, name: 'open', visibility: 'public' })).room.info.id;
  inside = (await test.do(owner, 'room.create', { space, name: 'inside', visibility: 'private' })).room.info.id;
});
afterEach(() => test.close());

const mayListen = async (who: TestPerson, logs: LogId[]) =>
  (await test.chat.mayListen(who.actor, logs)).map((head) => head !== undefined);

describe('[L11] listening', () => {
  it('is for those who may see the room, the space’s members but guests, and the inbox’s owner', async () => {
    const logs = [roomLog(open), roomLog(inside), spaceLog(space), inboxLog(member.user)];
    expect(await mayListen(owner, logs)).toEqual([true, true, true, false]);
    expect(await mayListen(member, logs)).toEqual([true, false, true, true]);
    expect(await mayListen(guest, logs)).toEqual([false, false, false, false]);
    expect(await mayListen(stranger, logs)).toEqual([false, false, false, false]);
    await test.do(owner, 'room.invite', { room: inside, user: guest.user });
    expect(await mayListen(guest, logs)).toEqual([false, true, false, false]);
  });

  it('ends with the session', async () => {
    const logs = [roomLog(open), inboxLog(owner.user)];
    expect(await mayListen(owner, logs)).toEqual([true, true]);
    await test.do(owner, 'account.sign-out', {});
    expect(await mayListen(owner, logs)).toEqual([false, false]);
  });

  it('answers a thousand logs in their order, known or not', async () => {
    const unknown = Array.from({ length: 998 }, (_, index): LogId => `room:${index}`);
    const answers = await mayListen(owner, [roomLog(open), ...unknown, spaceLog(space)]);
    expect(answers.map((may, index) => (may ? index : -1)).filter((index) => index >= 0)).toEqual([0, 999]);
    const heads = await test.chat.heads([...unknown, roomLog(inside)]);
    expect(heads.filter((head) => head !== undefined)).toEqual([{ epoch: 1, seq: 2, count: 0 }]);
  });
});

describe('[F4] an event read back', () => {
  it('is byte for byte what was told', async () => {
    await test.do(owner, 'message.post', { room: open, clientId: 'a' as ClientId, text: 'quote " and \u2028 é 😀' });
    const told = test.published.flatMap((effects) => effects.events).filter((event) => event.log === roomLog(open));
    const range = { log: roomLog(open), after: 0, upTo: 100, limit: 100, noticesOnly: false };
    expect(await test.chat.readLog(range)).toEqual(told);
    expect(Object.keys(JSON.parse(told.at(-1)?.json ?? ''))).toEqual([
      'event',
      'log',
      'epoch',
      'seq',
      'at',
      'by',
      'data',
    ]);
  });

  it('comes in pages, and alone when only notices are wanted', async () => {
    for (let index = 0; index < 5; index += 1) {
      await test.do(owner, 'message.post', { room: open, clientId: `c${index}` as ClientId, text: 'x' });
    }
    await test.do(owner, 'room.archive', { room: open });
    const read = async (after: number, upTo: number, limit: number, noticesOnly: boolean) =>
      (await test.chat.readLog({ log: roomLog(open), after, upTo, limit, noticesOnly })).map((event) => event.seq);
    expect(await read(2, 100, 3, false)).toEqual([3, 4, 5]);
    expect(await read(2, 4, 100, false)).toEqual([3, 4]);
    expect(await read(0, 100, 100, true)).toEqual([1, 2, 8]);
    expect(await test.chat.readLog({ log: 'room:none', after: 0, upTo: 9, limit: 9, noticesOnly: false })).toEqual([]);
  });
});
