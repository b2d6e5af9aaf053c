import { type ClientId, limits, type RoomId, type SpaceId, spaceLog } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { onePixel } from '../testing/one-pixel.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
let made = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());

const name = () => `emoji-${++made}`;
const add = async (called = name(), file = onePixel) =>
  (await test.do(owner, 'emoji.add', { space, name: called, file })).emoji;
const names = async () => (await test.do(mia, 'emoji.list', { space })).emoji.map((emoji) => emoji.name);
const refused = (file: string) => test.refusal(owner, 'emoji.add', { space, name: name(), file });
const reaction = async (emoji: string, room = general) => {
  const params = { room, clientId: name() as ClientId, text: 'hello' };
  return { message: (await test.do(mia, 'message.post', params)).id, emoji };
};
/** A PNG that says it is this large. */
function sized(width: number, height: number): string {
  const bytes = Buffer.from(onePixel, 'base64');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
}

describe('an emoji of a space', () => {
  it('[E5] is known by its name, told in the log of the space, and fetched by its content', async () => {
    const emoji = await add();
    expect(await names()).toContain(emoji.name);
    expect((await test.events(spaceLog(space))).at(-1)).toMatchObject({
      event: 'space.emoji-changed',
      data: { emoji },
    });
    const shown = await test.do(mia, 'emoji.picture', { space, picture: emoji.picture });
    expect(shown).toEqual({ type: 'image/png', file: onePixel });
    expect((await add()).picture).toBe(emoji.picture);
  });

  it('has a name and further names that no other one of the space has', async () => {
    const [first, second] = [await add(), await add()];
    const rename = (aliases: string[]) => ({ space, emoji: second.id, name: second.name, aliases });
    expect(await test.refusal(owner, 'emoji.add', { space, name: first.name, file: onePixel })).toBe(
      'emoji-name-taken',
    );
    expect(await test.refusal(owner, 'emoji.rename', rename([first.name]))).toBe('emoji-name-taken');
    expect(await test.refusal(owner, 'emoji.rename', rename([second.name]))).toBe('emoji-name-taken');
    await test.do(owner, 'emoji.rename', rename(['also-so']));
    expect(await test.refusal(owner, 'emoji.add', { space, name: 'also-so', file: onePixel })).toBe('emoji-name-taken');
  });

  it('[E6] is a picture by its bytes, whatever is claimed, and no larger than may be', async () => {
    expect(await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.repeat(3)).toString('base64'))).toBe(
      'invalid-params',
    );
    expect(await refused(Buffer.from('GIF').toString('base64'))).toBe('invalid-params');
    expect(await refused(sized(limits.customEmojiPixels + 1, 1))).toBe('invalid-params');
    expect(await refused(sized(0, 1))).toBe('invalid-params');
    const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    const webp = 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vv9UAA=';
    const types = [gif, webp].map(async (file) => {
      const { picture } = await add(name(), file);
      return (await test.do(mia, 'emoji.picture', { space, picture })).type;
    });
    expect(await Promise.all(types)).toEqual(['image/gif', 'image/webp']);
    expect(await add(name(), sized(limits.customEmojiPixels, 1))).toBeDefined();
  });

  it('[E7] is reacted with by its names, as long as it is there', async () => {
    const { id } = await add('shipit');
    await test.do(owner, 'emoji.rename', { space, emoji: id, name: 'shipit', aliases: ['ship_it'] });
    for (const emoji of [':shipit:', ':ship_it:']) {
      const { reactions } = await test.do(mia, 'reaction.add', await reaction(emoji));
      expect(reactions.map((each) => each.emoji)).toEqual([emoji]);
    }
    expect(await test.refusal(mia, 'reaction.add', await reaction(':shipxit:'))).toBe('invalid-params');
    expect(await test.refusal(mia, 'reaction.add', await reaction(':shi:'))).toBe('invalid-params');
    await test.do(owner, 'emoji.remove', { space, emoji: id });
    expect(await test.refusal(mia, 'reaction.add', await reaction(':shipit:'))).toBe('invalid-params');
    expect((await test.events(spaceLog(space))).at(-1)).toMatchObject({
      event: 'space.emoji-removed',
      data: { emoji: id },
    });
  });

  it('[E7] is for directs of those who are in the space, and for what they say of themselves', async () => {
    await add('teapot');
    const { room } = await test.do(mia, 'direct.open', { users: [owner.user] });
    expect((await test.do(mia, 'reaction.add', await reaction(':teapot:', room.info.id))).reactions).toHaveLength(1);
    expect((await test.do(mia, 'account.set-status', { emoji: ':teapot:' })).status).toEqual({ emoji: ':teapot:' });
    const stranger = await test.addPerson('stranger');
    expect(await test.refusal(stranger, 'account.set-status', { emoji: ':teapot:' })).toBe('invalid-params');
  });

  it('is one of so many at most', async () => {
    const there = (await names()).length;
    for (let count = there; count < limits.customEmojiPerSpace; count += 1) await add();
    expect(await test.refusal(owner, 'emoji.add', { space, name: name(), file: onePixel })).toBe('limit-reached');
  });
});
