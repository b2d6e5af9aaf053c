import { begunPoll } from './begun-poll.ts';
import type { LoggedEvent, LoggedEventName } from './events.ts';
import type { File } from './file.ts';
import { type MessageId, parseLogId, type RoomId, type UserId } from './ids.ts';
import { limits } from './limits.ts';
import type { Message } from './messages.ts';
import type { PollStanding } from './poll.ts';
import type { Reaction } from './reactions.ts';
import type { Replies } from './replies.ts';

type EventOf<Name extends LoggedEventName> = Extract<LoggedEvent, { event: Name }>;

interface Change<Name extends LoggedEventName> {
  of(data: EventOf<Name>['data']): MessageId | undefined;
  /** `me`: who looks. */
  change(message: Message, event: EventOf<Name>, me: UserId | null): Message;
}

function change<Name extends LoggedEventName>(row: Change<Name>): Change<Name> {
  return row;
}

function withReactions(message: Message, reactions: Reaction[]): Message {
  const { reactions: _, ...rest } = message;
  return reactions.length === 0 ? rest : { ...rest, reactions };
}

function added(reactions: readonly Reaction[], emoji: string, user: UserId, mine: boolean): Reaction[] {
  const own = mine ? ({ mine: true } as const) : {};
  if (!reactions.some((each) => each.emoji === emoji))
    return [...reactions, { emoji, count: 1, users: [user], ...own }];
  return reactions.map((each) => {
    if (each.emoji !== emoji) return each;
    const users = each.users.length < limits.shownReactors ? [...each.users, user] : each.users;
    return { ...each, count: each.count + 1, users, ...own };
  });
}

function removed(
  reactions: readonly Reaction[],
  emoji: string,
  user: UserId,
  mine: boolean,
  next?: UserId,
): Reaction[] {
  return reactions.flatMap((each) => {
    if (each.emoji !== emoji) return [each];
    if (each.count === 1) return [];
    const left = each.users.filter((other) => other !== user);
    const { mine: before, ...rest } = each;
    const own = before && !mine ? { mine: before } : {};
    return [{ ...rest, count: each.count - 1, users: next ? [...left, next] : left, ...own }];
  });
}

function replied({ replies }: Message, seq: number, at: number, by: UserId): Replies {
  const people = replies?.people ?? [];
  const isShown = people.includes(by) || people.length >= limits.shownRepliers;
  return { count: (replies?.count ?? 0) + 1, lastSeq: seq, lastAt: at, people: isShown ? people : [...people, by] };
}

/** With how the vote on its poll stands now. */
function withStanding(message: Message, { voters, tally }: PollStanding, closedAt?: number): Message {
  if (message.poll === undefined || message.deletedAt !== null) return message;
  const { tally: _, ...poll } = message.poll;
  const closed = closedAt === undefined ? {} : { closedAt };
  return { ...message, poll: { ...poll, voters, ...(tally ? { tally } : {}), ...closed } };
}

/** Where it stood, and what was said to it. */
function tombstone({ reactions: _, pinned: __, quote: ___, style: ____, ...message }: Message): Message {
  const {
    poll: _________,
    files: __________,
    previews: ________,
    mentions: _____,
    mentionedGroups: ______,
    mentionsAll: _______,
    ...rest
  } = message;
  return { ...rest, text: '' };
}

function withFiles(message: Message, files: readonly File[]): Message {
  const { files: _, ...rest } = message;
  return files.length === 0 ? rest : { ...rest, files: [...files] };
}

/** What each event about a message makes of it. */
const changes = {
  'message.posted': change<'message.posted'>({
    of: ({ thread }) => thread,
    change: (message, { seq, at, by }) =>
      by === null ? message : { ...message, replies: replied(message, seq, at, by) },
  }),
  'message.edited': change<'message.edited'>({
    of: ({ id }) => id,
    change: ({ mentions: _, mentionedGroups: __, ...message }, { data: { id: ___, ...now }, at }) => ({
      ...message,
      ...now,
      editedAt: at,
    }),
  }),
  'message.deleted': change<'message.deleted'>({
    of: ({ id }) => id,
    change: (message, { at }) => ({ ...tombstone(message), deletedAt: at }),
  }),
  'message.pinned': change<'message.pinned'>({
    of: ({ message }) => message,
    change: (message, { by, at }) => (by === null ? message : { ...message, pinned: { by, at } }),
  }),
  'message.unpinned': change<'message.unpinned'>({
    of: ({ message }) => message,
    change: ({ pinned: _, ...message }) => message,
  }),
  'message.previewed': change<'message.previewed'>({
    of: ({ message }) => message,
    change: ({ previews: _, ...message }, { data: { previews } }) =>
      previews.length === 0 || message.deletedAt !== null ? message : { ...message, previews },
  }),
  'file.changed': change<'file.changed'>({
    of: ({ message }) => message,
    change: (message, { data }) =>
      withFiles(
        message,
        (message.files ?? []).map((file) => (file.id === data.file.id ? data.file : file)),
      ),
  }),
  'file.removed': change<'file.removed'>({
    of: ({ message }) => message,
    change: (message, { data }) =>
      withFiles(
        message,
        (message.files ?? []).filter(({ id }) => id !== data.file),
      ),
  }),
  'poll.voted': change<'poll.voted'>({
    of: ({ message }) => message,
    change: (message, { data }) => withStanding(message, data),
  }),
  'poll.closed': change<'poll.closed'>({
    of: ({ message }) => message,
    change: (message, { data, at }) => withStanding(message, data, at),
  }),
  'reaction.added': change<'reaction.added'>({
    of: ({ message }) => message,
    change: (message, { data, by }, me) =>
      by === null ? message : withReactions(message, added(message.reactions ?? [], data.emoji, by, by === me)),
  }),
  'reaction.removed': change<'reaction.removed'>({
    of: ({ message }) => message,
    change: (message, { data, by }, me) =>
      by === null
        ? message
        : withReactions(message, removed(message.reactions ?? [], data.emoji, by, by === me, data.next)),
  }),
} as const satisfies { readonly [Name in LoggedEventName]?: Change<Name> };

const changeOf = (event: LoggedEvent): Change<LoggedEventName> | undefined =>
  Object.hasOwn(changes, event.event)
    ? (changes[event.event as keyof typeof changes] as unknown as Change<LoggedEventName>)
    : undefined;

/** The message that an event changes: of a reply the one that it replies to; `undefined` for what changes none. */
export function changedMessage(event: LoggedEvent): MessageId | undefined {
  return changeOf(event)?.of(event.data as never);
}

/** A message after an event that is about it: the one rule by which a page is carried on ([L8]). */
export function foldMessage(message: Message, event: LoggedEvent, me: UserId | null): Message {
  return changeOf(event)?.change(message, event as never, me) ?? message;
}

/**
 * A message as a command's answer shows it. What others add to it is left to the events: the answer does not say at
 * which position it stands, so what it counts may be counted again by an event that is on its way.
 */
export function withCore({ reactions, replies, pinned, previews, poll, files }: Message, answer: Message): Message {
  const { reactions: _, replies: __, pinned: ___, previews: ____, poll: _____, files: ______, ...core } = answer;
  const isThere = core.deletedAt === null;
  const parts = {
    ...(reactions ? { reactions } : {}),
    ...(pinned ? { pinned } : {}),
    ...(previews ? { previews } : {}),
    ...(poll ? { poll } : {}),
    ...(files ? { files } : {}),
  };
  const stands = isThere ? parts : {};
  return { ...core, ...stands, ...(replies ? { replies } : {}) };
}

/** A message with one's own reaction on it, or without: what it will look like when the log has told so. */
export function withOwnReaction(message: Message, emoji: string, me: UserId, on: boolean): Message {
  const reactions = message.reactions ?? [];
  const isOn = reactions.some((each) => each.emoji === emoji && each.mine);
  if (isOn === on) return message;
  return withReactions(message, on ? added(reactions, emoji, me, true) : removed(reactions, emoji, me, true));
}

/** The message that a post made, as it was then. */
export function postedMessage(event: EventOf<'message.posted'>): Message {
  const { seq, at, by, data, log } = event;
  const stamps = { postedAt: at, editedAt: null, deletedAt: null };
  const { poll, ...said } = data;
  const begun = poll ? { poll: begunPoll(poll) } : {};
  return { ...said, ...begun, room: parseLogId(log).id as RoomId, seq, author: by as UserId, ...stamps };
}

/** Whether a post stands, and counts, in its room's timeline: replies stand in their thread. */
export const showsInRoom = ({ thread, alsoInRoom }: { thread?: MessageId; alsoInRoom?: true }): boolean =>
  thread === undefined || alsoInRoom === true;
