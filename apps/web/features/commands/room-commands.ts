import type { Confab, RoomState } from '@confab/client';
import { roomRoute, searchRoute } from '../../app/route.ts';
import { sentence, t } from '../../language/sentences.ts';
import { formatDateTime } from '../messages/format-time.ts';
import {
  type Command,
  type CommandContext,
  CommandMistake,
  inChannel,
  inRoom,
  notInDirect,
  roomOf,
} from './command.ts';
import { findPeople, findPerson } from './find-person.ts';
import { wholeTime } from './split-time.ts';

/** What is told of a room, by the word for it. */
const notifyChoices = [
  { word: 'all', title: sentence('Every message') },
  { word: 'mentions', title: sentence('Mentions only') },
  { word: 'none', title: sentence('Nothing') },
  { word: 'default', title: sentence('The usual') },
] as const;

/** Where no time is told. */
const muteForMs = 8 * 3_600_000;

/** What is done with a room. */
export const roomCommands: readonly Command[] = [
  {
    name: 'topic',
    title: sentence('Set what this room is about'),
    arguments: [{ kind: 'text', hint: sentence('topic'), optional: true }],
    fits: notInDirect,
    run: (context, text) => context.confab.rooms.setTopic(roomOf(context).info.id, text),
  },
  {
    name: 'rename',
    title: sentence('Give this room another name'),
    arguments: [{ kind: 'text', hint: sentence('name') }],
    fits: notInDirect,
    run: (context, text) => {
      if (text === '') throw new CommandMistake(t('Write the new name after /rename.'));
      return context.confab.rooms.rename(roomOf(context).info.id, text.replace(/^#/, ''));
    },
  },
  {
    name: 'invite',
    title: sentence('Bring people into this room'),
    arguments: [{ kind: 'people', hint: sentence('@person') }],
    fits: notInDirect,
    run: invite,
  },
  {
    name: 'remove',
    title: sentence('Take someone out of this room'),
    arguments: [{ kind: 'person', hint: sentence('@person') }],
    fits: inChannel,
    run: async (context, text) => {
      if (text === '') throw new CommandMistake(t('Write whom to take out after /remove, such as @ada.'));
      const { confab } = context;
      const room = roomOf(context);
      await confab.rooms.removeMember(room.info.id, (await findPerson(confab, room, text)).id);
    },
  },
  {
    name: 'open',
    title: sentence('Go to a room, and join it if you are not in it'),
    arguments: [{ kind: 'room', hint: sentence('#room') }],
    run: open,
  },
  {
    name: 'msg',
    title: sentence('Write to someone directly'),
    arguments: [
      { kind: 'person', hint: sentence('@person') },
      { kind: 'text', hint: sentence('text'), optional: true },
    ],
    run: message,
  },
  {
    name: 'search',
    title: sentence('Search messages'),
    arguments: [{ kind: 'text', hint: sentence('words'), optional: true }],
    run: ({ room, go }, text) => {
      const from = room === undefined ? ({ page: 'home' } as const) : roomRoute(room.info.id);
      const to = searchRoute(from);
      if (to.page === 'room' && typeof to.panel === 'object' && to.panel !== null) {
        return go({ ...to, panel: { ...to.panel, search: text } as typeof to.panel });
      }
      go(to.page === 'search' ? { ...to, search: text } : to);
    },
  },
  {
    name: 'members',
    title: sentence('Show who is in this room'),
    arguments: [],
    fits: notInDirect,
    run: showPanel('members'),
  },
  { name: 'pins', title: sentence('Show what is pinned here'), arguments: [], fits: inRoom, run: showPanel('pins') },
  {
    name: 'files',
    title: sentence('Show the files of this room'),
    arguments: [],
    fits: inRoom,
    run: showPanel('files'),
  },
  {
    name: 'mute',
    title: sentence('Hear nothing of this room for a while'),
    arguments: [{ kind: 'time', hint: sentence('how long'), optional: true }],
    fits: inRoom,
    run: mute,
  },
  {
    name: 'unmute',
    title: sentence('Hear of this room again'),
    arguments: [],
    fits: inRoom,
    run: async (context) => {
      const { info, membership } = roomOf(context);
      const notify = membership?.notify === 'none' ? 'default' : (membership?.notify ?? 'default');
      await context.confab.rooms.setNotifications(info.id, notify, null);
      context.done(t('You hear of this room again.'));
    },
  },
  {
    name: 'notify',
    title: sentence('Choose what of this room you are told'),
    arguments: [{ kind: 'choice', hint: sentence('of what'), choices: notifyChoices }],
    fits: inRoom,
    run: async (context, text) => {
      const choice = notifyChoices.find(({ word }) => word === text.toLowerCase());
      if (choice === undefined)
        throw new CommandMistake(
          t('Write {all}, {mentions}, {none} or {usual} after /notify.', {
            all: 'all',
            mentions: 'mentions',
            none: 'none',
            usual: 'default',
          }),
        );
      const { info, membership } = roomOf(context);
      await context.confab.rooms.setNotifications(info.id, choice.word, membership?.mutedUntil ?? null);
      context.done(t('Of this room you are told: {what}.', { what: t(choice.title) }));
    },
  },
  {
    name: 'leave',
    title: sentence('Leave this room'),
    arguments: [],
    fits: notInDirect,
    run: async (context) => {
      await context.confab.rooms.leave(roomOf(context).info.id);
      context.go({ page: 'home' });
    },
  },
  {
    name: 'archive',
    title: sentence('Close this room for writing'),
    arguments: [],
    fits: inChannel,
    run: (context) => {
      const { info } = roomOf(context);
      context.open({
        kind: 'confirm',
        title: t('Archive {name}?', { name: info.name }),
        text: t('It can be read, not written, and leaves the list of active rooms. You can open it again.'),
        action: t('Archive room'),
        run: () => context.confab.rooms.archive(info.id),
      });
    },
  },
];

function showPanel(panel: 'members' | 'pins' | 'files'): Command['run'] {
  return (context) => context.go({ page: 'room', room: roomOf(context).info.id, seq: null, panel });
}

async function invite(context: CommandContext, text: string): Promise<void> {
  if (text === '') throw new CommandMistake(t('Write whom to bring in after /invite, such as @ada.'));
  const { confab, go } = context;
  const room = roomOf(context);
  const people = await findPeople(confab, room, text);
  if (room.info.kind === 'channel') {
    for (const { id } of people) await confab.rooms.invite(room.info.id, id);
    return;
  }
  const users = people.map(({ id }) => id);
  go(roomRoute((await confab.directs.add(room.info.id, users, 'visible')).info.id));
}

async function open({ confab, room, go }: CommandContext, text: string): Promise<void> {
  const name = text.replace(/^#/, '').toLowerCase();
  if (name === '') throw new CommandMistake(t('Write which room after /open, such as #general.'));
  const space = room?.info.space ?? null;
  const own = confab.rooms.list.get().find(({ info }) => isCalled(info, name, space));
  if (own !== undefined) return go(roomRoute(own.info.id));
  const found = await findToJoin(confab, name, space);
  if (found === undefined) throw new CommandMistake(t('There is no room #{name} that you can open.', { name }));
  await confab.rooms.join(found.info.id);
  go(roomRoute(found.info.id));
}

const isCalled = (info: RoomState['info'], name: string, space: string | null) =>
  info.kind === 'channel' && info.name.toLowerCase() === name && (space === null || info.space === space);

async function findToJoin(confab: Confab, name: string, space: RoomState['info']['space']) {
  const spaces = space === null ? confab.spaces.list.get().map(({ id }) => id) : [space];
  for (const each of spaces) {
    const found = (await confab.rooms.browse(each)).find(({ info }) => isCalled(info, name, each));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function message({ confab, room, go }: CommandContext, text: string): Promise<void> {
  const [, handle = '', words = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  if (handle === '') throw new CommandMistake(t('Write to whom after /msg, such as @ada.'));
  const { info } = await confab.directs.open([(await findPerson(confab, room, handle)).id]);
  if (words !== '') confab.rooms.timeline(info.id).post(words);
  go(roomRoute(info.id));
}

async function mute(context: CommandContext, text: string): Promise<void> {
  const now = Date.now();
  const until = text === '' ? now + muteForMs : wholeTime(text, now);
  if (until === null)
    throw new CommandMistake(
      t('Write how long after /mute, such as {span}, or {end}.', { span: '2 hours', end: 'until Monday' }),
    );
  const { info, membership } = roomOf(context);
  await context.confab.rooms.setNotifications(info.id, membership?.notify ?? 'default', until);
  context.done(t('You hear nothing of this room until {date}.', { date: formatDateTime(until) }));
}
