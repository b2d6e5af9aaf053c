import {
  inboxLog,
  type LogId,
  limits,
  type RoomId,
  roomLog,
  type SpaceId,
  spaceLog,
  type UserId,
} from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { onePixel } from '../testing/one-pixel.ts';
import { writePng } from '../testing/written-pictures.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let gus: TestPerson;
let stranger: TestPerson;
let space: SpaceId;
let general: RoomId;
let made = 1;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  gus = await test.addPerson('gus', { space, role: 'guest' });
  stranger = await test.addPerson('stranger');
});
afterAll(() => test.close());

/** A picture that nobody else has. */
const another = () => writePng({ width: ++made }).toString('base64');
const show = (picture: string) => test.do(stranger, 'picture.show', { picture });
const isKept = async (picture: string) => (await test.refusal(stranger, 'picture.show', { picture })) === undefined;
const last = async (log: LogId) => (await test.events(log)).at(-1);
const setOwn = async (who: TestPerson, file: string) =>
  (await test.do(who, 'account.set-picture', { file })).picture ?? '';
const personSeenBy = async (who: TestPerson, user: UserId) =>
  (await test.do(who, 'account.home', {})).people.find(({ id }) => id === user);

describe('a picture', () => {
  it('[E9] of a person is told to their devices and spaces, and shown by its content to whoever is signed in', async () => {
    const picture = await setOwn(mia, onePixel);
    expect(await show(picture)).toEqual({ type: 'image/png', file: onePixel });
    expect(await last(inboxLog(mia.user))).toMatchObject({ event: 'inbox.profile-changed', data: { me: { picture } } });
    expect(await last(spaceLog(space))).toMatchObject({ event: 'space.person-changed', data: { person: { picture } } });
    expect(await personSeenBy(owner, mia.user)).toMatchObject({ picture });
    const { members } = await test.do(owner, 'room.members', { room: general });
    expect(members.find(({ person }) => person.id === mia.user)?.person).toMatchObject({ picture });
    await test.do(mia, 'account.remove-picture', {});
    expect(await personSeenBy(owner, mia.user)).not.toHaveProperty('picture');
    expect((await last(inboxLog(mia.user)))?.data).not.toHaveProperty('me.picture');
  });

  it('[E9] of a room is told in it, and to the space that sees it', async () => {
    const { picture } = await test.do(mia, 'room.set-picture', { room: general, file: another() });
    expect(await last(roomLog(general))).toMatchObject({ event: 'room.picture-set', by: mia.user, data: { picture } });
    expect(await last(spaceLog(space))).toMatchObject({ event: 'space.room-changed', data: { room: { picture } } });
    // What else is changed leaves it as it is.
    await test.do(mia, 'room.set-topic', { room: general, topic: 'Talk' });
    expect(await last(spaceLog(space))).toMatchObject({ data: { room: { picture, topic: 'Talk' } } });
    expect((await test.do(owner, 'room.show', { room: general })).room.info).toMatchObject({ picture });
    await test.do(mia, 'room.remove-picture', { room: general });
    expect(await last(roomLog(general))).toMatchObject({ event: 'room.picture-set', data: { picture: null } });
    expect((await test.do(owner, 'room.show', { room: general })).room.info).not.toHaveProperty('picture');
  });

  it('[E9] of a group is whoever’s is in it; a direct has none', async () => {
    const { room } = await test.do(owner, 'direct.open', { users: [mia.user, gus.user] });
    await test.do(gus, 'room.set-picture', { room: room.info.id, file: another() });
    expect(await last(roomLog(room.info.id))).toMatchObject({ event: 'room.picture-set', by: gus.user });
    const direct = (await test.do(owner, 'direct.open', { users: [mia.user] })).room.info.id;
    expect(await test.refusal(owner, 'room.set-picture', { room: direct, file: another() })).toBe('not-in-this-room');
  });

  it('is not set by those who may not write in the room', async () => {
    await test.do(owner, 'room.set-rules', { room: general, slowModeMs: 0, whoPosts: 'moderators' });
    const asked = { room: general, file: another() };
    expect(await test.refusal(mia, 'room.set-picture', asked)).toBe('posting-closed');
    expect(await test.refusal(mia, 'room.remove-picture', { room: general })).toBe('posting-closed');
    await test.do(owner, 'room.set-picture', asked);
    await test.do(owner, 'room.remove-picture', { room: general });
    await test.do(owner, 'room.set-rules', { room: general, slowModeMs: 0, whoPosts: 'all' });
  });

  it('[E9] of a space is told to those in it, its guests too', async () => {
    const { picture } = await test.do(owner, 'space.set-picture', { space, file: another() });
    expect(await last(spaceLog(space))).toMatchObject({ event: 'space.picture-set', data: { picture } });
    expect(await last(inboxLog(gus.user))).toMatchObject({
      event: 'inbox.space-added',
      data: { space: { id: space, picture } },
    });
    expect((await test.do(mia, 'account.home', {})).spaces[0]).toMatchObject({ picture });
    await test.do(owner, 'space.remove-picture', { space });
    expect((await test.do(mia, 'account.home', {})).spaces[0]).not.toHaveProperty('picture');
    expect((await last(inboxLog(gus.user)))?.data).not.toHaveProperty('space.picture');
  });

  it('that is there already, or already gone, tells nothing', async () => {
    const file = another();
    const first = await setOwn(mia, file);
    const told = (await test.events(inboxLog(mia.user))).length;
    expect(await setOwn(mia, file)).toBe(first);
    expect(await test.do(owner, 'account.remove-picture', {})).not.toHaveProperty('picture');
    await test.do(owner, 'space.remove-picture', { space });
    await test.do(owner, 'room.remove-picture', { room: general });
    expect((await test.events(inboxLog(mia.user))).length).toBe(told);
    expect((await last(spaceLog(space)))?.event).toBe('space.person-changed');
    expect((await last(roomLog(general)))?.data).not.toMatchObject({ picture: first });
  });

  it('[E8] is kept as long as somebody or something has it', async () => {
    const [shared, other] = [another(), another()];
    const picture = await setOwn(mia, shared);
    expect(await setOwn(owner, shared)).toBe(picture);
    await test.do(owner, 'space.set-picture', { space, file: shared });
    expect(await isKept(await setOwn(mia, other))).toBe(true);
    expect(await isKept(picture)).toBe(true);
    await test.do(owner, 'account.remove-picture', {});
    expect(await isKept(picture)).toBe(true);
    const { picture: next } = await test.do(owner, 'space.set-picture', { space, file: other });
    expect([await isKept(picture), await isKept(next)]).toEqual([false, true]);
    await test.do(mia, 'account.remove-picture', {});
    await test.do(owner, 'space.remove-picture', { space });
    expect(await isKept(next)).toBe(false);
    expect(await setOwn(mia, shared)).toBe(picture);
    expect(await isKept(picture)).toBe(true);
  });

  it('[E8] that many set and take away at once is gone with the last of them', async () => {
    const files = [another(), another()];
    const people = [owner, mia, gus, stranger];
    const hashes = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const set = people.map((who, index) => setOwn(who, files[(round + index) % 2] ?? ''));
      for (const picture of await Promise.all(set)) hashes.add(picture);
    }
    expect(hashes.size).toBe(2);
    for (const picture of hashes) expect(await isKept(picture)).toBe(true);
    await Promise.all(people.map((who) => test.do(who, 'account.remove-picture', {})));
    for (const picture of hashes) expect(await isKept(picture)).toBe(false);
  });

  it('of one’s own goes along with what one takes along', async () => {
    const file = another();
    await setOwn(mia, file);
    const { id } = (await test.do(mia, 'account.export', {})).export;
    await test.doDue();
    const { data } = await test.do(mia, 'export.part', { export: id, part: 1 });
    expect(data).toMatchObject({ picture: { type: 'image/png', file } });
  });

  it('[E8] that is none, or too large, changes nothing', async () => {
    const before = await personSeenBy(mia, mia.user);
    const bad = [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
      writePng({ width: limits.picturePixels + 1 }).toString('base64'),
      'A'.repeat(Math.ceil(limits.pictureBytes / 3) * 4 + 4),
    ];
    for (const file of bad) expect(await test.refusal(mia, 'account.set-picture', { file })).toBe('invalid-params');
    expect(await personSeenBy(mia, mia.user)).toEqual(before);
  });
});
