import { hash } from 'node:crypto';
import type { FileId, MessageId, RoomId } from '@confab/protocol';
import { limits, Refusal } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestChat, TestPerson } from '../testing/index.ts';
import { FileWorld, hashOf, made } from './testing/file-world.ts';

let world: FileWorld;
let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let ben: TestPerson;
let other: RoomId;
beforeAll(async () => {
  world = await FileWorld.open();
  ({ test, owner, mia } = world);
  ben = await world.addPerson('ben');
  const created = await test.do(mia, 'room.create', { space: world.space, name: 'other', visibility: 'private' });
  other = created.room.info.id;
});
afterAll(() => test.close());

const told = async (message: MessageId) =>
  (await test.events(`room:${world.room}`)).filter(({ data }) => {
    const about = data as { id?: string; message?: string };
    return about.id === message || about.message === message;
  });
const postRefusal = (who: TestPerson, files: readonly FileId[], more = {}) =>
  test.refusal(who, 'message.post', world.postOf(files, more));
const remove = (who: TestPerson, message: MessageId, file: FileId) =>
  test.do(who, 'message.remove-file', { message, file });

describe('a file', () => {
  it('[I1] is begun with an address for its bytes, and is nothing of which others know until it is posted', async () => {
    const { file, upload } = await test.do(mia, 'file.begin', { room: world.room, name: 'one.png', size: 10 });
    expect(upload).toBe(`/api/v1/uploads/${file}`);
    const shown = await test.do(mia, 'file.show', { file });
    expect(shown).toMatchObject({ arrived: false, placed: { message: null, by: mia.user, file: { size: 10 } } });
    expect(await test.refusal(owner, 'file.show', { file })).toBe('not-found');
    expect(await test.refusal(mia, 'file.locate', { file })).toBe('not-found');
    expect((await test.do(mia, 'file.list', { room: world.room })).files).toEqual([]);
  });

  it('[I1] is refused where its sender may not write, and with the limit where it is too large', async () => {
    expect(await test.refusal(ben, 'file.begin', { room: other, name: 'a', size: 1 })).toBe('not-found');
    const big = test.do(mia, 'file.begin', { room: world.room, name: 'a', size: 1_000_001 });
    await expect(big).rejects.toMatchObject({
      error: { code: 'file-too-large', details: { limit: 1_000_000, size: 1_000_001 } },
    });
    await test.do(owner, 'room.archive', { room: world.room });
    expect(await test.refusal(mia, 'file.begin', { room: world.room, name: 'a', size: 1 })).toBe('room-archived');
    await test.do(owner, 'room.unarchive', { room: world.room });
  });

  it('[I2] is complete once all of it has arrived, however often that is asked', async () => {
    const file = await world.begin(mia, { name: 'a.pdf', size: 7, about: { durationMs: 5 } });
    expect(await test.refusal(mia, 'file.complete', { file })).toBe('file-incomplete');
    world.arrived.set(file, 'content');
    const { file: settled } = await test.do(mia, 'file.complete', { file });
    expect(settled).toEqual({
      id: file,
      name: 'a.pdf',
      size: 7,
      kind: 'pdf',
      type: 'application/pdf',
      durationMs: 5,
    });
    world.arrived.set(file, 'something else');
    expect((await test.do(mia, 'file.complete', { file })).file).toEqual(settled);
    expect(await test.do(mia, 'file.locate', { file })).toEqual({
      content: hashOf('content'),
      type: 'application/pdf',
      size: 7,
      name: 'a.pdf',
    });
  });

  it('[I3] comes with its message, in the order that its author gave, and everybody who sees the room may have it', async () => {
    const [first, second] = [await world.send(mia), await world.send(mia, { name: 'two.txt' })];
    const message = await world.post(mia, [second, first]);
    expect((await world.filesOf(message)).map(({ id }) => id)).toEqual([second, first]);
    const [posted] = await told(message);
    expect(posted).toMatchObject({
      event: 'message.posted',
      data: { text: '', files: [{ id: second }, { id: first }] },
    });
    const page = await test.do(owner, 'message.list', { room: world.room });
    expect(page.messages.at(-1)?.files).toHaveLength(2);
    expect(await test.do(owner, 'file.show', { file: first })).toMatchObject({ arrived: true, placed: { message } });
    // Ben is in the space, and sees the public room without being in it.
    expect(await test.refusal(ben, 'file.locate', { file: first })).toBeUndefined();
  });

  it('[I3] makes up for a text that is empty', async () => {
    expect(await test.refusal(mia, 'message.post', world.postOf([]))).toBe('text-empty');
    const message = await world.post(mia, [await world.send(mia)], { text: 'with words' });
    await test.do(mia, 'message.edit', { message, text: '' });
    expect((await test.do(owner, 'message.show', { message })).message).toMatchObject({ text: '', files: [{}] });
    const wordy = await world.post(mia, [], { text: 'words' });
    expect(await test.refusal(mia, 'message.edit', { message: wordy, text: ' ' })).toBe('text-empty');
  });

  it('[I4] that is another person’s, another room’s, posted already or nowhere is gone', async () => {
    const [mine, hers] = [await world.send(owner), await world.send(mia)];
    const elsewhere = await world.send(mia, { room: other });
    expect(await postRefusal(mia, [mine])).toBe('file-gone');
    expect(await postRefusal(mia, [elsewhere])).toBe('file-gone');
    expect(await postRefusal(mia, ['018bcfe5-6801-7000-a3ed-7e9f9442f5e7' as FileId])).toBe('file-gone');
    await world.post(mia, [hers]);
    expect(await postRefusal(mia, [hers])).toBe('file-gone');
    await test.do(owner, 'file.discard', { file: mine });
    expect(await postRefusal(owner, [mine])).toBe('file-gone');
  });

  it('[I4] that has not arrived keeps its message back, and takes no other file with it', async () => {
    const [here, coming] = [await world.send(mia), await world.begin(mia)];
    expect(await postRefusal(mia, [here, coming])).toBe('file-incomplete');
    expect((await test.do(mia, 'file.show', { file: here })).placed.message).toBeNull();
    await world.post(mia, [here]);
  });

  it('is one of a bounded number in a message, each once', async () => {
    const files: FileId[] = [];
    for (let index = 0; index <= limits.filesPerMessage; index += 1) files.push(await world.send(mia));
    expect(await postRefusal(mia, files)).toBe('invalid-params');
    const [first] = files as [FileId];
    expect(await postRefusal(mia, [first, first])).toBe('invalid-params');
    expect(await world.filesOf(await world.post(mia, files.slice(1)))).toHaveLength(limits.filesPerMessage);
  });

  it('[L2] comes once, however often its message is sent', async () => {
    const post = world.postOf([await world.send(mia)]);
    const first = await test.do(mia, 'message.post', post);
    expect(await test.do(mia, 'message.post', post)).toEqual(first);
    const another = { ...post, files: [await world.send(mia)] };
    expect(await test.refusal(mia, 'message.post', another)).toBe('client-id-reused');
    expect((await told(first.id)).map(({ event }) => event)).toEqual(['message.posted']);
  });

  it('that arrived otherwise than announced is refused, and is no file of a message', async () => {
    const refusing = await FileWorld.open({
      settle: ({ sha256 }) => Promise.reject(new Refusal(sha256 === '' ? 'file-refused' : 'file-damaged')),
    });
    const sha256 = hash('sha256', 'as it was', 'base64url');
    const damaged = await refusing.begin(refusing.mia, { sha256 });
    expect(await refusing.test.refusal(refusing.mia, 'file.complete', { file: damaged })).toBe('file-damaged');
    const unwanted = await refusing.begin(refusing.mia);
    expect(await refusing.test.refusal(refusing.mia, 'file.complete', { file: unwanted })).toBe('file-refused');
    const post = refusing.postOf([damaged]);
    expect(await refusing.test.refusal(refusing.mia, 'message.post', post)).toBe('file-incomplete');
    await refusing.test.close();
  });
});

describe('[I5] what a file shows', () => {
  it('is told in words by its sender alone, before it is posted and after', async () => {
    const file = await world.send(mia);
    await test.do(mia, 'file.describe', { file, description: '  a lake ' });
    const message = await world.post(mia, [file]);
    expect(await world.filesOf(message)).toMatchObject([{ description: 'a lake' }]);
    expect(await test.refusal(owner, 'file.describe', { file, description: 'no' })).toBe('forbidden');
    await test.do(mia, 'file.describe', { file, description: 'a sea' });
    await test.do(mia, 'file.describe', { file, description: 'a sea' });
    expect((await told(message)).slice(1)).toMatchObject([
      { event: 'file.changed', by: mia.user, data: { message, file: { id: file, description: 'a sea' } } },
    ]);
    await test.do(mia, 'file.describe', { file, description: '' });
    expect((await world.filesOf(message))[0]?.description).toBeUndefined();
  });

  it('is found out later, and told by nobody', async () => {
    const file = await world.send(mia);
    const message = await world.post(mia, [file]);
    expect(await world.filesOf(message)).toMatchObject([{ pending: true }]);
    const details = { width: 640, height: 480, blur: 'blur' };
    const previews = [made('small'), made('wide', 640), { ...made('wide avif', 640), type: 'image/avif' }];
    expect(await world.work('file-preview', () => ({ previews, details }))).toContain(file);
    const [, changed] = await told(message);
    expect(changed).toMatchObject({ event: 'file.changed', by: null });
    const [shown] = await world.filesOf(message);
    expect(changed?.data).toEqual({ message, file: shown });
    expect(shown).toMatchObject({ previews: [320, 640], width: 640, blur: 'blur' });
    expect(shown?.pending).toBeUndefined();
    expect(await test.do(owner, 'file.locate', { file, preview: 640 })).toMatchObject({
      content: hashOf('wide'),
      avif: { content: hashOf('wide avif') },
    });
    expect(await test.refusal(owner, 'file.locate', { file, preview: 100 })).toBe('not-found');
  });

  it('stays a card where it cannot be looked into', async () => {
    const message = await world.post(mia, [await world.send(mia)]);
    await world.work('file-preview', () => null);
    const [shown] = await world.filesOf(message);
    expect([shown?.pending, shown?.previews]).toEqual([undefined, undefined]);
  });

  it('is of a video the picture that its sender gave, which is no file of its own then', async () => {
    const video = await world.send(mia, { name: 'film.webm' });
    expect(await test.refusal(owner, 'file.begin', { room: world.room, name: 'p', size: 1, posterOf: video })).toBe(
      'invalid-params',
    );
    const poster = await world.send(mia, { posterOf: video });
    expect(await postRefusal(mia, [poster])).toBe('file-gone');
    expect(await test.chat.files.toPreview(video)).toMatchObject({ blob: hashOf(poster), kind: 'picture' });
    const message = await world.post(mia, [video]);
    expect(await world.work('file-preview', () => ({ previews: [made('still')], details: {} }))).toEqual([video]);
    expect(await world.filesOf(message)).toMatchObject([{ kind: 'video', previews: [320] }]);
    expect(await test.refusal(mia, 'file.show', { file: poster })).toBe('not-found');
  });

  it('is of an archive what is in it', async () => {
    const file = await world.send(mia, { name: 'a.zip' });
    await world.post(mia, [file]);
    const entries = [{ name: 'a/b.txt', size: 3 }];
    await world.work('file-preview', () => ({ previews: [], details: {}, entries: { entries, more: true } }));
    expect(await test.do(owner, 'file.entries', { file })).toEqual({ entries, more: true });
  });
});

describe('[I6] a file that is taken out', () => {
  it('is gone with its name, and with what earlier events told of it', async () => {
    const [kept, secret] = [await world.send(mia), await world.send(mia, { name: 'secret-plan.png' })];
    const message = await world.post(mia, [kept, secret]);
    await test.do(mia, 'file.describe', { file: secret, description: 'a secret description' });
    expect(await world.stored()).toContain('secret-plan');
    await remove(mia, message, secret);
    expect((await world.filesOf(message)).map(({ id }) => id)).toEqual([kept]);
    expect(await world.stored()).not.toMatch(/secret-plan|secret description/);
    expect((await told(message)).at(-1)).toMatchObject({ event: 'file.removed', data: { message, file: secret } });
    expect(await test.refusal(mia, 'file.show', { file: secret })).toBe('not-found');
    const [posted] = await told(message);
    expect(posted?.data).toMatchObject({
      files: [
        { id: kept, name: 'one.png' },
        { id: secret, name: '-' },
      ],
    });
    // Again, and nothing happens.
    await remove(mia, message, secret);
    expect((await told(message)).filter(({ event }) => event === 'file.removed')).toHaveLength(1);
  });

  it('takes a message of which nothing is left with it; a text stays', async () => {
    const [bare, wordy] = [await world.send(mia), await world.send(mia)];
    const [empty, worded] = [await world.post(mia, [bare]), await world.post(mia, [wordy], { text: 'words' })];
    await remove(mia, empty, bare);
    await remove(mia, worded, wordy);
    const shown = async (message: MessageId) => (await test.do(owner, 'message.show', { message })).message;
    expect((await shown(empty)).deletedAt).toBe(test.nowMs);
    expect(await shown(worded)).toMatchObject({ text: 'words', deletedAt: null });
    expect((await shown(worded)).files).toBeUndefined();
  });

  it('is its author’s or a moderator’s to take, who is on record then', async () => {
    await test.do(ben, 'room.join', { room: world.room });
    const file = await world.send(mia);
    const message = await world.post(mia, [file], { text: 'words' });
    expect(await test.refusal(ben, 'message.remove-file', { message, file })).toBe('forbidden');
    const another = await world.post(mia, [await world.send(mia)]);
    expect(await test.refusal(mia, 'message.remove-file', { message: another, file })).toBe('not-found');
    await test.do(owner, 'message.remove-file', { message, file, reason: 'Not here.' });
    const { notes } = (await test.do(mia, 'account.home', {})).moderation;
    expect(notes.at(-1)).toMatchObject({ kind: 'file-removed', reason: 'Not here.' });
  });

  it('goes with its message, whoever deletes it', async () => {
    const file = await world.send(mia, { name: 'hidden-treasure.png' });
    const message = await world.post(mia, [file], { text: 'words' });
    await world.work('file-preview', () => ({ previews: [made('treasure')], details: { blur: 'b' } }));
    expect(await world.stored()).toContain('hidden-treasure');
    await test.do(owner, 'message.delete', { message });
    expect(await world.stored()).not.toContain('hidden-treasure');
    expect(await test.refusal(mia, 'file.locate', { file })).toBe('not-found');
    const { message: left } = await test.do(mia, 'message.show', { message });
    expect(left.files).toBeUndefined();
    expect(await test.refusal(mia, 'file.describe', { file, description: 'x' })).toBe('not-found');
  });

  it('is named to moderators when its message is reported', async () => {
    const [plan, bare] = [await world.send(mia, { name: 'plan.txt' }), await world.send(mia, { name: 'alone.txt' })];
    const worded = await world.post(mia, [plan], { text: 'the plan' });
    const wordless = await world.post(mia, [bare]);
    for (const message of [worded, wordless]) await test.do(ben, 'moderation.report', { message, reason: 'spam' });
    const { cases } = await test.do(owner, 'moderation.queue', { space: world.space });
    expect(cases.map(({ text }) => text).sort()).toEqual(['the plan\n📎 plan.txt', '📎 alone.txt']);
  });

  it('before it was posted is discarded, by its sender alone, and not by that way once it was posted', async () => {
    const [waiting, posted] = [await world.send(mia), await world.send(mia)];
    expect(await test.refusal(owner, 'file.discard', { file: waiting })).toBe('not-found');
    await test.do(mia, 'file.discard', { file: waiting });
    expect(await test.refusal(mia, 'file.show', { file: waiting })).toBe('not-found');
    await world.post(mia, [posted]);
    expect(await test.refusal(mia, 'file.discard', { file: posted })).toBe('invalid-params');
  });
});

describe('[I4] a file on its way', () => {
  it('is one of a bounded number of one person', async () => {
    const eve = await world.addPerson('eve');
    await test.do(eve, 'room.join', { room: world.room });
    for (let index = 0; index < limits.waitingFilesPerPerson; index += 1) await world.begin(eve, { size: 1 });
    const more = { room: world.room, name: 'a', size: 1 };
    await expect(test.do(eve, 'file.begin', more)).rejects.toMatchObject({
      error: { code: 'limit-reached', details: { what: 'files that wait to be posted' } },
    });
    const forgotten = await world.begin(mia);
    expect(await test.refusal(mia, 'file.show', { file: forgotten })).toBeUndefined();
  });

  it('is refused where the server has no room for it', async () => {
    const full = await FileWorld.open({ hasRoom: (bytes) => Promise.resolve(bytes < 5) });
    const params = { room: full.room, name: 'a', size: 5 };
    expect(await full.test.refusal(full.mia, 'file.begin', params)).toBe('storage-full');
    expect(await full.test.refusal(full.mia, 'file.begin', { ...params, size: 4 })).toBeUndefined();
    await full.test.close();
  });
});
