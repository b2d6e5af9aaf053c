import type { FileId } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestChat, TestPerson } from '../testing/index.ts';
import { readAccess, signAddress } from './signed-address.ts';
import { FileWorld } from './testing/file-world.ts';

let world: FileWorld;
let test: TestChat;
let mia: TestPerson;
let file: FileId;
beforeAll(async () => {
  world = await FileWorld.open();
  ({ test, mia } = world);
  file = await world.send(mia);
  await world.post(mia, [file]);
});
afterAll(() => test.close());

const accessOf = async (who: TestPerson, of = file) => {
  const { address, expiresAt } = await test.do(who, 'file.address', { file: of });
  const url = new URL(address, 'http://confab.test');
  expect(url.pathname).toBe(`/api/v1/files/${of}/content`);
  return { access: url.searchParams.get('access') ?? '', expiresAt };
};
/** What becomes of a request with a signed address. */
const fetched = async (access: string, of: FileId = file) => {
  const actor = await test.chat.files.asker(of, access);
  if (!actor) return 'nobody';
  const outcome = await test.chat.execute(actor, 'file.locate', { file: of });
  return 'error' in outcome ? outcome.error.code : 'content';
};

describe('[I7] a signed address', () => {
  it('gives the content to whoever has it, for a while', async () => {
    const { access, expiresAt } = await accessOf(mia);
    expect(expiresAt).toBe(test.nowMs + limits.fileAddressMs);
    expect(access).toMatch(/^[\w-]+$/);
    expect(await fetched(access)).toBe('content');
    test.nowMs = expiresAt - 1;
    expect(await fetched(access)).toBe('content');
    test.nowMs = expiresAt;
    expect(await fetched(access)).toBe('nobody');
  });

  it('is of one file alone', async () => {
    const another = await world.send(mia);
    await world.post(mia, [another]);
    const { access } = await accessOf(mia);
    expect(await fetched((await accessOf(mia, another)).access, another)).toBe('content');
    expect(await fetched(access, another)).toBe('nobody');
  });

  it('counts for nothing when any of its characters is another', async () => {
    const { access } = await accessOf(mia);
    // The last one has bits that are not of the signature.
    for (const index of access.slice(0, -1).split('').keys()) {
      const tampered = access.slice(0, index) + (access[index] === 'A' ? 'B' : 'A') + access.slice(index + 1);
      expect([tampered, await fetched(tampered)]).toEqual([tampered, 'nobody']);
    }
    for (const broken of [
      '',
      '_',
      '___',
      access.slice(1),
      access.slice(0, -2),
      `${access}x`,
      `${access}_`,
      'é'.repeat(90),
    ]) {
      expect([broken, await fetched(broken)]).toEqual([broken, 'nobody']);
    }
  });

  it('is signed with this instance’s key', () => {
    const signed = { actor: mia.actor, file, expiresAt: 100 };
    const access = signAddress('one key', signed);
    expect(readAccess('one key', file, access, 99)).toEqual({ user: mia.user, session: mia.actor.session });
    expect(readAccess('another key', file, access, 99)).toBeUndefined();
  });

  it('ends with the session that asked for it', async () => {
    const second = await test.addSession(mia);
    const { access } = await accessOf(second);
    await test.do(second, 'account.sign-out', {});
    expect(await fetched(access)).toBe('session-revoked');
    expect(await fetched((await accessOf(mia)).access)).toBe('content');
  });

  it('ends when whoever asked for it may not see the room any more, or the file is gone', async () => {
    const ben = await world.addPerson('ben');
    const secret = (await test.do(mia, 'room.create', { space: world.space, name: 'secret', visibility: 'private' }))
      .room.info.id;
    await test.do(mia, 'room.invite', { room: secret, user: ben.user });
    const hidden = await world.send(mia, { room: secret });
    const message = await world.post(mia, [hidden], { room: secret });
    const [bens, mias] = [await accessOf(ben, hidden), await accessOf(mia, hidden)];
    expect(await fetched(bens.access, hidden)).toBe('content');
    await test.do(mia, 'room.remove-member', { room: secret, user: ben.user });
    expect(await fetched(bens.access, hidden)).toBe('not-found');
    await test.do(mia, 'message.delete', { message });
    expect(await fetched(mias.access, hidden)).toBe('not-found');
  });

  it('is not given to those who may not have the file', async () => {
    const stranger = await test.addPerson('stranger');
    expect(await test.refusal(stranger, 'file.address', { file })).toBe('not-found');
    expect(await test.refusal(null, 'file.address', { file })).toBe('unauthenticated');
  });
});
