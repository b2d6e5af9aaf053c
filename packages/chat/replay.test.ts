import {
  type ClientId,
  type FileId,
  loggedEvents,
  type Params,
  type PollTerms,
  type Preview,
  type RoomId,
  type SpaceId,
} from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from './testing/index.ts';
import { onePixel } from './testing/one-pixel.ts';
import { Replica } from './testing/replica.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let gus: TestPerson;
let sam: TestPerson;
let space: SpaceId;
let general: RoomId;
let open: RoomId;
let inside: RoomId;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  gus = await test.addPerson('gus', { space, role: 'guest' });
  sam = await test.addPerson('sam');
  await test.do(owner, 'room.invite', { room: general, user: gus.user });
  open = (await test.do(owner, 'room.create', { space, name: 'open', visibility: 'public' })).room.info.id;
  inside = (await test.do(mia, 'room.create', { space, name: 'inside', visibility: 'private' })).room.info.id;
});
afterAll(() => test.close());

const post = (who: TestPerson, room: RoomId, clientId: string) =>
  test.do(who, 'message.post', { room, clientId: clientId as ClientId, text: `text of ${clientId}` });
const idOf = async (room: RoomId, clientId: string) => {
  const page = await test.do(owner, 'message.list', { room, limit: 100 });
  const found = page.messages.find((message) => message.clientId === clientId);
  if (!found) throw new Error('There is no such message.');
  return found.id;
};

const say = (clientId: string, context: Partial<Params<'message.post'>>) =>
  test.do(mia, 'message.post', { room: general, clientId: clientId as ClientId, text: clientId, ...context });
const reply = async (to: string, clientId: string, context: Partial<Params<'message.post'>>) =>
  say(clientId, { thread: await idOf(general, to), ...context });

const openDirect = async (who: TestPerson, ...others: TestPerson[]) =>
  (await test.do(who, 'direct.open', { users: others.map(({ user }) => user) })).room.info.id;

const mention = (clientId: string, text: string) =>
  test.do(owner, 'message.post', { room: general, clientId: clientId as ClientId, text });
const emojiNamed = async (name: string) => {
  const found = (await test.do(owner, 'emoji.list', { space })).emoji.find((each) => each.name === name);
  if (!found) throw new Error('There is no such emoji.');
  return found.id;
};
const renameFirstEmoji = async (name: string, aliases: string[]) =>
  test.do(owner, 'emoji.rename', { space, emoji: await emojiNamed('party'), name, aliases });
const removeEmoji = async (name: string) => test.do(owner, 'emoji.remove', { space, emoji: await emojiNamed(name) });

const crew = async () => {
  const [group] = (await test.do(owner, 'people-group.list', { space })).groups;
  if (!group) throw new Error('There is no such group.');
  return group.id;
};

const showPreviews = async (previews: Preview[]) => {
  const { jobs } = test.chat;
  for (const job of (await jobs.due(['previews'])).due) await jobs.finish(job, previews);
};

const sendFile = async (name: string): Promise<FileId> => {
  const { file } = await test.do(mia, 'file.begin', { room: general, name, size: 10 });
  return (await test.do(mia, 'file.complete', { file })).file.id;
};
const filesIn = async (clientId: string) => {
  const message = await idOf(general, clientId);
  const { files = [] } = (await test.do(mia, 'message.show', { message })).message;
  return { message, file: files[0]?.id as FileId };
};
const showFilePreviews = async () => {
  const { jobs } = test.chat;
  const previews = [{ width: 320, type: 'image/webp', blob: 'p'.repeat(43), size: 5 }];
  for (const job of (await jobs.due(['file-preview'])).due)
    await jobs.finish(job, { previews, details: { blur: 'b' } });
};

const section = (who: TestPerson, name: string) => test.do(who, 'section.create', { space, name });
const sectionOf = async (who: TestPerson, index = 0) => {
  const found = (await test.do(who, 'account.home', {})).sections[index];
  if (!found) throw new Error('There is no such section.');
  return { section: found.id };
};
const place = (who: TestPerson, into: Params<'section.place'>['section'], favourite: boolean) =>
  test.do(who, 'section.place', { room: general, section: into, favourite });
const remind = async (who: TestPerson, clientId: string, dueAt: number) =>
  test.do(who, 'reminder.set', { message: await idOf(general, clientId), dueAt });
const plan = (who: TestPerson, room: RoomId, clientId: string, dueAt: number) =>
  test.do(who, 'scheduled.create', { room, clientId: clientId as ClientId, text: clientId, dueAt });
const cancelFirst = async (who: TestPerson) => {
  const [first] = (await test.do(who, 'scheduled.list', {})).scheduled;
  return first && test.do(who, 'scheduled.cancel', { scheduled: first.id });
};
const replan = async (who: TestPerson, change: { dueAt?: number; text?: string }) => {
  const [first] = (await test.do(who, 'scheduled.list', {})).scheduled;
  if (!first) throw new Error('Nothing waits.');
  return test.do(who, 'scheduled.update', { scheduled: first.id, ...change });
};

const ask = (clientId: string, poll: Partial<PollTerms>) =>
  test.do(owner, 'poll.create', {
    room: general,
    clientId: clientId as ClientId,
    text: `Which, ${clientId}?`,
    poll: { options: ['one', 'two', 'three'], ...poll },
  });
const vote = async (who: TestPerson, clientId: string, ...choices: number[]) =>
  test.do(who, 'poll.vote', { message: await idOf(general, clientId), choices });
const retract = async (who: TestPerson, clientId: string) =>
  test.do(who, 'poll.retract', { message: await idOf(general, clientId) });

const seeNotes = async (who: TestPerson) => {
  const { notes } = (await test.do(who, 'account.home', {})).moderation;
  for (const { seq } of notes) await test.do(who, 'moderation.acknowledge', { seq });
};

/** Everything that can happen, in an order in which it can. After each step every stale client is compared. */
const steps: readonly (readonly [what: string, step: () => Promise<unknown>])[] = [
  ['a post', () => post(owner, general, 'a')],
  ['a post by another', () => post(mia, general, 'b')],
  ['a post by a guest', () => post(gus, general, 'c')],
  ['an edit', async () => test.do(mia, 'message.edit', { message: await idOf(general, 'b'), text: 'edited' })],
  ['a reply', async () => reply('a', 'd', {})],
  ['another reply, shown in the room too', async () => reply('a', 'e', { alsoInRoom: true })],
  ['a reply to a reply', async () => reply('e', 'f', {})],
  ['a thread followed', async () => test.do(gus, 'thread.follow', { message: await idOf(general, 'c') })],
  ['a reply to what is followed', async () => reply('c', 'c1', {})],
  ['a thread read', async () => test.do(gus, 'thread.mark-read', { message: await idOf(general, 'c'), index: 1 })],
  ['another reply there', async () => reply('c', 'c2', {})],
  ['a thread no longer followed', async () => test.do(gus, 'thread.unfollow', { message: await idOf(general, 'c') })],
  ['a quote', async () => say('g', { quote: await idOf(general, 'a') })],
  ['a quote deleted', async () => test.do(owner, 'message.delete', { message: await idOf(general, 'g') })],
  ['a reply deleted', async () => test.do(owner, 'message.delete', { message: await idOf(general, 'e') })],
  ['something done', async () => say('h', { style: 'me' })],
  ['a reaction', async () => test.do(mia, 'reaction.add', { message: await idOf(general, 'a'), emoji: '👍' })],
  [
    'a reaction of another',
    async () => test.do(gus, 'reaction.add', { message: await idOf(general, 'a'), emoji: '👍' }),
  ],
  ['another emoji', async () => test.do(gus, 'reaction.add', { message: await idOf(general, 'a'), emoji: '❤️' })],
  [
    'a reaction taken back',
    async () => test.do(mia, 'reaction.remove', { message: await idOf(general, 'a'), emoji: '👍' }),
  ],
  [
    'a reaction to what is deleted later',
    async () => test.do(owner, 'reaction.add', { message: await idOf(general, 'b'), emoji: '🎉' }),
  ],
  ['a moderator', () => test.do(owner, 'space.set-role', { space, user: gus.user, role: 'moderator' })],
  ['a report', async () => test.do(mia, 'moderation.report', { message: await idOf(general, 'a'), reason: 'spam' })],
  [
    'a reported message taken',
    async () => test.do(gus, 'moderation.take', { message: await idOf(general, 'a'), taken: true }),
  ],
  ['a guest again', () => test.do(owner, 'space.set-role', { space, user: gus.user, role: 'guest' })],
  [
    'a decision',
    async () =>
      test.do(owner, 'moderation.decide', { message: await idOf(general, 'a'), decision: 'dismiss', reason: '' }),
  ],
  ['a note seen', () => seeNotes(mia)],
  ['a warning', () => test.do(owner, 'moderation.warn', { space, user: mia.user, reason: 'Calm down.' })],
  [
    'a mute in a room',
    () => test.do(owner, 'moderation.mute', { space, user: mia.user, room: open, reason: 'Rest.', until: 9e12 }),
  ],
  ['a mute taken back', () => test.do(owner, 'moderation.unmute', { space, user: mia.user, room: open })],
  [
    'rules of a room',
    () => test.do(owner, 'room.set-rules', { room: open, slowModeMs: 5_000, whoPosts: 'moderators' }),
  ],
  ['rules taken back', () => test.do(owner, 'room.set-rules', { room: open, slowModeMs: 0, whoPosts: 'all' })],
  ['a pin', async () => test.do(mia, 'message.pin', { message: await idOf(general, 'a') })],
  ['a pin of what is deleted later', async () => test.do(gus, 'message.pin', { message: await idOf(general, 'b') })],
  ['a pin taken off', async () => test.do(owner, 'message.unpin', { message: await idOf(general, 'a') })],
  ['a link', () => mention('p', 'see https://example.org/page')],
  ['its preview', () => showPreviews([{ url: 'https://example.org/page', title: 'A page', site: 'Example' }])],
  [
    'an edit that takes a link out',
    async () => test.do(owner, 'message.edit', { message: await idOf(general, 'p'), text: 'nothing to see' }),
  ],
  [
    'an edit that links again',
    async () => test.do(owner, 'message.edit', { message: await idOf(general, 'p'), text: 'https://example.org/two' }),
  ],
  ['another preview', () => showPreviews([{ url: 'https://example.org/two', title: 'Two' }])],
  ['previews removed', async () => test.do(owner, 'message.remove-previews', { message: await idOf(general, 'p') })],
  ['another link', () => mention('p2', 'https://example.org/three')],
  ['a third preview', () => showPreviews([{ url: 'https://example.org/three', title: 'Three' }])],
  [
    'a message with a preview deleted',
    async () => test.do(owner, 'message.delete', { message: await idOf(general, 'p2') }),
  ],
  ['a poll', () => ask('q1', {})],
  ['a vote', () => vote(mia, 'q1', 1)],
  ['a vote of another', () => vote(owner, 'q1', 1)],
  ['another choice', () => vote(mia, 'q1', 2)],
  ['a vote taken back', () => retract(owner, 'q1')],
  [
    'an edit of what is asked',
    async () => test.do(owner, 'message.edit', { message: await idOf(general, 'q1'), text: 'Really?' }),
  ],
  ['a poll that names nobody', () => ask('q2', { anonymous: true, several: true })],
  ['a vote that is told without a name', () => vote(gus, 'q2', 0, 2)],
  ['a poll that is told when it is over', () => ask('q3', { hidden: true, closesAt: test.nowMs + 5_000 })],
  ['a vote of which only the number is told', () => vote(mia, 'q3', 0)],
  [
    'a poll whose time is over',
    () => {
      test.nowMs += 10_000;
      return test.doDue();
    },
  ],
  ['a poll closed by hand', async () => test.do(owner, 'poll.close', { message: await idOf(general, 'q1') })],
  ['a poll deleted', async () => test.do(owner, 'message.delete', { message: await idOf(general, 'q2') })],
  ['a mention', () => mention('j', '@mia and @owner')],
  ['a mention of everyone', () => mention('k', '@room, look')],
  [
    'an edit that mentions another',
    async () => test.do(owner, 'message.edit', { message: await idOf(general, 'j'), text: '@gus, not mia' }),
  ],
  ['a mention deleted', async () => test.do(owner, 'message.delete', { message: await idOf(general, 'k') })],
  ['a mention in a thread', async () => reply('a', 'm1', { text: '@gus and @owner' })],
  ['another', async () => reply('a', 'm2', { text: '@gus' })],
  [
    'a thread with a mention read',
    async () => test.do(gus, 'thread.mark-read', { message: await idOf(general, 'a'), index: 1_000 }),
  ],
  ['a call of those who are here', () => mention('m3', '@here')],
  ['a mark unread', () => test.do(mia, 'room.mark-unread', { room: general, seq: 2 })],
  ['a delete of what is unread', async () => test.do(owner, 'message.delete', { message: await idOf(general, 'c') })],
  [
    'what one is told of a room',
    () => test.do(mia, 'room.set-notifications', { room: general, notify: 'mentions', mutedUntil: 9e12 }),
  ],
  ['an emoji of the space', () => test.do(owner, 'emoji.add', { space, name: 'party', file: onePixel })],
  ['an emoji with another name', () => renameFirstEmoji('feast', ['party'])],
  [
    'a reaction with it',
    async () => test.do(mia, 'reaction.add', { message: await idOf(general, 'a'), emoji: ':party:' }),
  ],
  ['another emoji of the space', () => test.do(owner, 'emoji.add', { space, name: 'gone', file: onePixel })],
  ['it taken out', async () => removeEmoji('gone')],
  [
    'a group of people',
    () => test.do(owner, 'people-group.create', { space, handle: 'crew', name: 'Crew', people: [mia.user, gus.user] }),
  ],
  ['a mention of a group', () => mention('l', '@crew')],
  ['a group of people ended', async () => test.do(owner, 'people-group.delete', { space, group: await crew() })],
  [
    'another group of people',
    () =>
      test.do(owner, 'people-group.create', { space, handle: 'all-hands', name: 'Us', people: [mia.user, gus.user] }),
  ],
  ['files', async () => say('w', { files: [await sendFile('one.png'), await sendFile('two.png')] })],
  ['their previews', () => showFilePreviews()],
  [
    'what one of them shows',
    async () => test.do(mia, 'file.describe', { file: (await filesIn('w')).file, description: 'A lake' }),
  ],
  ['one taken out', async () => test.do(mia, 'message.remove-file', await filesIn('w'))],
  ['the other too, and the text stays', async () => test.do(mia, 'message.remove-file', await filesIn('w'))],
  ['a file without words', async () => say('x', { text: '', files: [await sendFile('three.png')] })],
  ['it taken out, and the message with it', async () => test.do(mia, 'message.remove-file', await filesIn('x'))],
  ['another file', async () => say('y', { files: [await sendFile('four.png')] })],
  ['its message deleted', async () => test.do(mia, 'message.delete', { message: await idOf(general, 'y') })],
  ['a read', () => test.do(owner, 'room.mark-read', { room: general, seq: 1_000 })],
  ['a read of an own post', () => test.do(gus, 'room.mark-read', { room: general, seq: 1_000 })],
  ['a delete', async () => test.do(owner, 'message.delete', { message: await idOf(general, 'b') })],
  ['a join', () => test.do(mia, 'room.join', { room: open })],
  ['a new public room', () => test.do(mia, 'room.create', { space, name: 'third', visibility: 'public' })],
  ['a new private room', () => test.do(owner, 'room.create', { space, name: 'fourth', visibility: 'private' })],
  ['someone added to a private room', () => test.do(mia, 'room.invite', { room: inside, user: gus.user })],
  ['a new name of a room', () => test.do(owner, 'room.rename', { room: open, name: 'wide-open' })],
  ['a picture of a room', () => test.do(mia, 'room.set-picture', { room: general, file: onePixel })],
  ['a picture of a room taken away', () => test.do(mia, 'room.remove-picture', { room: general })],
  ['a picture of a person', () => test.do(mia, 'account.set-picture', { file: onePixel })],
  ['a picture of a space', () => test.do(owner, 'space.set-picture', { space, file: onePixel })],
  ['a topic', () => test.do(mia, 'room.set-topic', { room: general, topic: 'this and that' })],
  ['a direct', () => openDirect(mia, owner)],
  ['a post into a direct', async () => post(mia, await openDirect(mia, owner), 'psst')],
  ['a closed direct', async () => test.do(owner, 'direct.close', { room: await openDirect(mia, owner) })],
  ['a closed direct with a further post', async () => post(mia, await openDirect(mia, owner), 'still-there')],
  ['a direct closed again', async () => test.do(owner, 'direct.close', { room: await openDirect(mia, owner) })],
  ['a closed direct opened', () => openDirect(owner, mia)],
  ['notes to oneself', () => openDirect(mia, mia)],
  ['a group', () => openDirect(owner, mia, gus)],
  [
    'a name of a group',
    async () => test.do(mia, 'room.rename', { room: await openDirect(mia, owner, gus), name: 'trip' }),
  ],
  [
    'someone added to a group',
    async () => {
      const ned = await test.addPerson('ned', { space, role: 'member' });
      const room = await openDirect(owner, mia, gus);
      await test.do(owner, 'group.add', { room, users: [ned.user], history: 'visible' });
    },
  ],
  ['a group left', async () => test.do(gus, 'room.leave', { room: await openDirect(owner, mia, gus) })],
  ['a block', () => test.do(owner, 'block.add', { user: mia.user })],
  ['a block taken back', () => test.do(owner, 'block.remove', { user: mia.user })],
  ['receipts turned off in a room', () => test.do(owner, 'room.set-receipts', { room: open, receipts: 'off' })],
  ['and in another', () => test.do(mia, 'room.set-receipts', { room: inside, receipts: 'off' })],
  ['receipts turned on again', () => test.do(owner, 'room.set-receipts', { room: open, receipts: 'on' })],
  ['an archived room', () => test.do(owner, 'room.archive', { room: open })],
  ['a room brought back', () => test.do(owner, 'room.unarchive', { room: open })],
  ['a message for later that will fail', () => plan(mia, open, 'j', test.nowMs + 90_000)],
  ['a removal from a room', () => test.do(owner, 'room.remove-member', { room: open, user: mia.user })],
  ['a leave', () => test.do(gus, 'room.leave', { room: inside })],
  ['a new name of a person', () => test.do(mia, 'account.rename', { name: 'Mia M.' })],
  ['a message kept', async () => test.do(mia, 'bookmark.add', { message: await idOf(general, 'a'), note: 'later' })],
  ['a message kept no longer', async () => test.do(mia, 'bookmark.remove', { message: await idOf(general, 'a') })],
  ['an export', () => test.do(mia, 'account.export', {})],
  ['an export that is ready', () => test.doDue()],
  [
    'an export thrown away',
    async () => {
      const { exports } = await test.do(mia, 'export.list', {});
      for (const each of exports) await test.do(mia, 'export.remove', { export: each.export.id });
    },
  ],
  ['a reminder', async () => remind(mia, 'a', test.nowMs + 5_000)],
  [
    'a reminder that is due',
    () => {
      test.nowMs += 10_000;
      return test.doDue();
    },
  ],
  ['a reminder put off', async () => remind(mia, 'a', test.nowMs + 60_000)],
  ['a section', () => section(mia, 'Work')],
  ['another section', () => section(mia, 'Fun')],
  [
    'a section with another name',
    async () => test.do(mia, 'section.rename', { ...(await sectionOf(mia)), name: 'Job' }),
  ],
  ['a section folded', async () => test.do(mia, 'section.fold', { ...(await sectionOf(mia)), collapsed: true })],
  ['a room in a section, on top', async () => place(mia, (await sectionOf(mia)).section, true)],
  ['a section moved', async () => test.do(mia, 'section.move', { ...(await sectionOf(mia)), before: null })],
  ['a section with a room in it taken away', async () => test.do(mia, 'section.delete', await sectionOf(mia, 1))],
  ['a room no longer on top', () => place(mia, null, false)],
  ['a room in a section alone', async () => place(mia, (await sectionOf(mia)).section, false)],
  ['that section taken away', async () => test.do(mia, 'section.delete', await sectionOf(mia))],
  ['a reminder no more', async () => test.do(mia, 'reminder.remove', { message: await idOf(general, 'a') })],
  ['a message for later', () => plan(mia, general, 'i', test.nowMs + 5_000)],
  ['another time for it', async () => replan(mia, { dueAt: test.nowMs + 2_000 })],
  [
    'a message whose time has come',
    () => {
      test.nowMs += 10_000;
      return test.doDue();
    },
  ],
  ['a setting', () => test.do(mia, 'account.set-settings', { theme: 'dark', undoSendMs: 5_000 })],
  ['a status', () => test.do(mia, 'account.set-status', { emoji: '🍜', text: 'Lunch' })],
  [
    'do not disturb',
    () => test.do(mia, 'account.set-settings', { doNotDisturb: { until: test.nowMs + 5_000, schedule: null } }),
  ],
  [
    'a message that cannot be posted',
    () => {
      test.nowMs += 100_000;
      return test.doDue();
    },
  ],
  ['its author gives it up', async () => cancelFirst(mia)],
  [
    'a description',
    () => test.do(owner, 'room.set-description', { room: general, description: '**Talk** of all kinds' }),
  ],
  ['a description taken away', () => test.do(owner, 'room.set-description', { room: general, description: ' ' })],
  ['a picture of a person taken away', () => test.do(mia, 'account.remove-picture', {})],
  ['a picture of a space taken away', () => test.do(owner, 'space.remove-picture', { space })],
  ['a welcome message', () => test.do(owner, 'space.set-welcome', { space, welcome: '# Hello' })],
  [
    'someone who comes, is greeted, and goes',
    async () => {
      const { token } = await test.do(owner, 'invite.create', { space });
      await test.do(sam, 'invite.accept', { token });
    },
  ],
  ['a new name of a space', () => test.do(owner, 'space.rename', { space, name: 'Crew' })],
  [
    'a welcome dismissed',
    async () => {
      await test.do(sam, 'space.dismiss-welcome', { space });
      await test.do(owner, 'space.remove-member', { space, user: sam.user });
    },
  ],
  ['an account switched off', () => test.chat.setAccountDisabled(sam.user, true)],
  ['an account switched on', () => test.chat.setAccountDisabled(sam.user, false)],
  ['a role', () => test.do(owner, 'space.set-role', { space, user: mia.user, role: 'admin' })],
  ['a guest made a member', () => test.do(owner, 'space.set-role', { space, user: gus.user, role: 'member' })],
  ['a member made a guest', () => test.do(owner, 'space.set-role', { space, user: mia.user, role: 'guest' })],
  ['a new space', () => test.do(owner, 'space.create', { name: 'Second' })],
  [
    'someone who joins a space',
    async () => {
      const { token } = await test.do(owner, 'invite.create', { space });
      sam = await test.addSession(sam);
      await test.do(sam, 'invite.accept', { token });
    },
  ],
  ['someone removed from a space', () => test.do(owner, 'space.remove-member', { space, user: gus.user })],
];

describe('a stale client that catches up equals a fresh one', () => {
  it.each(steps)('after %s', async (_, step) => {
    test.nowMs += 1_000;
    const people = [owner, mia, gus];
    const stale = await Promise.all(people.map((person) => Replica.load(test, person)));
    await step();
    for (const [index, person] of people.entries()) {
      const replica = stale[index];
      if (!replica) throw new Error('There is no such client.');
      const { loadedRooms } = replica;
      await replica.catchUp();
      const fresh = await Replica.load(test, person);
      expect(replica.shown(loadedRooms)).toEqual(fresh.shown(loadedRooms));
    }
  });

  it('after all of it together, from the very beginning', async () => {
    const told = new Set(test.published.flatMap(({ events }) => events.map((event) => JSON.parse(event.json).event)));
    expect(Object.keys(loggedEvents).filter((name) => !told.has(name))).toEqual([]);
  });

  it('and one that misses an event does not', async () => {
    const replica = await Replica.load(test, owner);
    const { loadedRooms } = replica;
    await post(owner, general, 'missed');
    const fresh = await Replica.load(test, owner);
    expect(replica.shown(loadedRooms)).not.toEqual(fresh.shown(loadedRooms));
  });
});
