/**
 * The SDK's surface. State is read through stores (`get`, `subscribe`), changed through methods; every method that
 * asks the server rejects with `ConfabError`, which carries the wire error. No method needs a framework.
 */

import type {
  Block,
  CustomEmoji,
  EphemeralEvent,
  InstanceView,
  InviteView,
  LoggedEvent,
  Message,
  MessageId,
  Notice,
  Notify,
  OwnModeration,
  Params,
  PeopleGroup,
  Person,
  PollTerms,
  PostContext,
  Presence,
  Receipt,
  ReconnectWindow,
  Result,
  Role,
  RoomId,
  RoomMember,
  RoomView,
  SessionId,
  SessionView,
  Settings,
  SettingsChange,
  SpaceId,
  SpaceMember,
  SpaceView,
  Status,
  ThreadState,
  UserId,
  WireError,
} from '@confab/protocol';
import type { DoorName } from './connection/door-ladder.ts';
import type { FilesApi } from './files-api.ts';
import type { BookmarksApi, DraftsApi, ExportsApi, RemindersApi, ScheduledApi, SectionsApi } from './kept-api.ts';

/** A value that changes. `get` returns the same object until it changes, as `useSyncExternalStore` needs. */
export interface Store<T> {
  get(): T;
  /** Calls `listener` after each change; the answer stops it. */
  subscribe(listener: () => void): () => void;
}

/** Where the connection is. Exactly one of these at any time. */
export type ConnectionState =
  | { status: 'idle' }
  /** A first or further attempt is under way. */
  | { status: 'connecting'; attempt: number }
  /** `door`: the way that works here; the best one is tried again from time to time. */
  | { status: 'online'; since: number; door: DoorName }
  /** Lost; the next attempt is at `retryAt` (Unix ms), or at once when the device comes online or the page wakes. */
  | { status: 'waiting'; retryAt: number; attempt: number; reason: string; window: ReconnectWindow }
  /** Ended for good until `start()`: signed out, revoked, or this client is too old. */
  | { status: 'stopped'; reason: 'signed-out' | 'unsupported-version' | 'stopped' };

/** Who is signed in. `unknown` until the first answer. */
export type AccountState =
  | { status: 'unknown' }
  | { status: 'signed-out'; instance: InstanceView }
  | { status: 'signed-in'; me: Person; session: SessionId; instance: InstanceView }
  /** The first answer could not be had; tried again by itself. */
  | { status: 'unreachable'; error: WireError | null };

export interface AccountApi {
  readonly state: Store<AccountState>;
  /** In a browser the session lives in an HttpOnly cookie; elsewhere the token is kept in memory and given here. */
  setUp(input: Omit<Params<'account.set-up'>, 'deliver'>): Promise<Result<'account.set-up'>>;
  signUp(input: Omit<Params<'account.sign-up'>, 'deliver'>): Promise<Result<'account.sign-up'>>;
  signIn(input: Omit<Params<'account.sign-in'>, 'deliver'>): Promise<Result<'account.sign-in'>>;
  signOut(): Promise<void>;
  rename(name: string): Promise<void>;
  /** A PNG, JPEG or WebP of at most `limits.pictureBytes` and `limits.picturePixels` a side; `null` takes it away. */
  setPicture(picture: Blob | null): Promise<void>;
  /** Says what holds of one for now; without an emoji and a text it says nothing more. */
  setStatus(status: Status): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  listSessions(): Promise<SessionView[]>;
  revokeSession(session: SessionId): Promise<void>;
}

export interface SpacesApi {
  readonly list: Store<readonly SpaceView[]>;
  create(name: string): Promise<SpaceView>;
  rename(space: SpaceId, name: string): Promise<void>;
  /** As one’s own. */
  setPicture(space: SpaceId, picture: Blob | null): Promise<void>;
  /** What those who join from now on are shown at first, as Markdown. */
  setWelcome(space: SpaceId, welcome: string): Promise<void>;
  /** Shows the welcome message no more, on all of one's devices. */
  dismissWelcome(space: SpaceId): Promise<void>;
  /** By id, a page at a time; with `text` only those whose handle, or a word of whose name, begins so. */
  members(space: SpaceId, after?: UserId, text?: string): Promise<{ members: SpaceMember[]; more: boolean }>;
  setRole(space: SpaceId, user: UserId, role: Role): Promise<void>;
  removeMember(space: SpaceId, user: UserId): Promise<void>;
  createInvite(space: SpaceId, options?: Omit<Params<'invite.create'>, 'space'>): Promise<Result<'invite.create'>>;
  listInvites(space: SpaceId): Promise<InviteView[]>;
  revokeInvite(invite: InviteView['id']): Promise<void>;
  lookUpInvite(token: string): Promise<Result<'invite.look-up'>>;
  acceptInvite(token: string): Promise<SpaceView>;
}

/** A room one is a member of, as the room list shows it. `unread` is `position.count − readCount`, never stored. */
export interface RoomState extends RoomView {
  readonly unread: number;
  /** How many unread messages mention one; at most `shownMentions`. */
  readonly mentions: number;
  /** One took it out of one's list, and nothing was posted since. */
  readonly closed: boolean;
}

/** Places of one's own: directs between two people, notes to oneself, and groups. */
export interface DirectsApi {
  /** The one place of oneself and these people; it is in the list again if it was closed. */
  open(users: readonly UserId[]): Promise<RoomView>;
  /** Brings more people in: into this group, or, with a new history, into a place of all of them. */
  add(room: RoomId, users: readonly UserId[], history: Params<'group.add'>['history']): Promise<RoomView>;
  /** Takes it out of the list, all read, until there is a further post in it. */
  close(room: RoomId): Promise<void>;
}

/** What moderators do to one, and what waits for one as a moderator. Everything else about it goes by `call`. */
export interface ModerationApi {
  readonly own: Store<OwnModeration>;
  /** Says that one has seen what moderators told one. */
  acknowledge(seq: number): Promise<void>;
}

export interface BlocksApi {
  readonly users: Store<ReadonlySet<UserId>>;
  add(user: UserId): Promise<void>;
  remove(user: UserId): Promise<void>;
  /** Whom one blocks and since when, the latest first. */
  list(): Promise<Block[]>;
}

export interface RoomsApi {
  /** Rooms one is in, by name; archived ones last. */
  readonly list: Store<readonly RoomState[]>;
  room(room: RoomId): Store<RoomState | undefined>;
  /** What the room is called: its name, otherwise its people's, as far as they are known. */
  titleOf(room: RoomId): string;
  create(space: SpaceId, input: Omit<Params<'room.create'>, 'space'>): Promise<RoomView>;
  browse(space: SpaceId, archived?: boolean): Promise<RoomView[]>;
  join(room: RoomId): Promise<RoomView>;
  leave(room: RoomId): Promise<void>;
  invite(room: RoomId, user: UserId): Promise<void>;
  removeMember(room: RoomId, user: UserId): Promise<void>;
  /** By id, a page at a time; with `text` only those whose handle, or a word of whose name, begins so. */
  members(room: RoomId, after?: UserId, text?: string): Promise<{ members: RoomMember[]; more: boolean }>;
  rename(room: RoomId, name: string): Promise<void>;
  setTopic(room: RoomId, topic: string): Promise<void>;
  /** As one’s own; of a channel or group. */
  setPicture(room: RoomId, picture: Blob | null): Promise<void>;
  /** What it is for at length, as Markdown. */
  setDescription(room: RoomId, description: string): Promise<void>;
  archive(room: RoomId): Promise<void>;
  unarchive(room: RoomId): Promise<void>;
  /** Reads up to `seq` (the head unless told). Shows at once; told to the server coalesced. */
  markRead(room: RoomId, seq?: number): void;
  /**
   * Everything from `seq` on is unread again. No device reads the room by itself then, until it is opened anew there
   * or its person posts in it.
   */
  markUnread(room: RoomId, seq: number): Promise<void>;
  /** What of the room one wants to be told of, and until when (Unix ms) nothing. */
  setNotifications(room: RoomId, notify: Notify, mutedUntil: number | null): Promise<void>;
  /** The room's timeline. The same object for the same room; kept in memory so that switching back shows at once. */
  timeline(room: RoomId): Timeline;
  /** People typing in the room now, oneself left out; only while its timeline is open. */
  typing(room: RoomId): Store<readonly UserId[]>;
  /** Call on every keystroke; sends at most what the protocol asks for. `false` when the text was sent or emptied. */
  setTyping(room: RoomId, typing: boolean): void;
}

/** How far an own send is: waiting for the connection, handed over, stored on the server, or refused with the reason. */
export type SendState =
  /** Kept back until then (Unix ms), so that it can be taken back with `discard`. */
  | { status: 'held'; until: number }
  | { status: 'queued' }
  | { status: 'sent' }
  | { status: 'delivered' }
  | { status: 'failed'; error: WireError };

export type TimelineItem =
  | {
      kind: 'message';
      key: string;
      message: Message;
      /** Set on one's own sends of this device. */
      send?: SendState;
      /** What it quotes: `null` when that cannot be seen, absent until it is known. */
      quoted?: Message | null;
    }
  /** Not on the log yet: shown after everything that is. */
  | {
      kind: 'pending';
      key: string;
      clientId: string;
      text: string;
      context?: PostContext;
      /** The ids of the uploads that it brings along. */
      uploads?: readonly string[];
      queuedAt: number;
      send: SendState;
      quoted?: Message | null;
    }
  | { kind: 'notice'; key: string; notice: Notice };

export type MessageItem = Extract<TimelineItem, { kind: 'message' }>;

export interface TimelineState {
  /** Not `ready` before it is known who is signed in. */
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: WireError | null;
  /** Ascending; pending sends last (only when `later` is false). A message keeps its key from pending to posted. */
  readonly items: readonly TimelineItem[];
  /** Of a thread: the message that the others reply to. */
  readonly root: MessageItem | null;
  readonly earlier: boolean;
  readonly later: boolean;
  /** Where the "new messages" divider stands: the read position at the time of opening; `null` when all was read. */
  readonly readUpTo: number | null;
  /** A page is being loaded. */
  readonly loading: 'earlier' | 'later' | null;
}

export interface Timeline extends Store<TimelineState> {
  /** Shows the room (live level). Opens at the first unread, or around `seq`. The answer closes it (passive level). */
  open(seq?: number): () => void;
  loadEarlier(): Promise<void>;
  loadLater(): Promise<void>;
  jumpTo(seq: number): Promise<void>;
  jumpToLatest(): Promise<void>;
  /**
   * Queues a send and returns its client id at once; what becomes of it shows in `items`. Possible whenever someone is
   * signed in, with a connection or without. @throws `ConfabError` with `unauthenticated` before that.
   * `uploads`: what is attached and goes along, in that order; it is posted when all of them have arrived, and what is
   * queued later does not wait for it. With them the text may be empty.
   */
  post(text: string, context?: PostContext, uploads?: readonly string[]): string;
  retry(clientId: string): void;
  discard(clientId: string): void;
  edit(message: MessageId, text: string): Promise<void>;
  remove(message: MessageId): Promise<void>;
  /** Adds one's own reaction, or takes it back. Shows at once, and is put right when the server refuses it. */
  react(message: MessageId, emoji: string, on: boolean): Promise<void>;
  /** Takes the previews of its links away for everyone, for good. */
  removePreviews(message: MessageId): Promise<void>;
}

export interface SettingsApi {
  /** What holds on all of the person's devices; the usual values while nobody is signed in. */
  readonly state: Store<Settings>;
  /** Whether the server has told them since one signed in. */
  readonly loaded: Store<boolean>;
  /** Shows at once; taken back when it is refused. */
  set(change: SettingsChange): Promise<void>;
}

export interface ThreadsApi {
  /** Followed threads with unread replies. */
  readonly unread: Store<readonly ThreadState[]>;
  /** How one stands to a thread; known once its timeline was asked for. */
  state(root: MessageId): Store<ThreadState | undefined>;
  /** The replies to a message, with the message itself as `root`. What is posted here replies to it. */
  timeline(room: RoomId, root: MessageId): Timeline;
  /** Followed threads, those with the newest reply first. */
  list(page?: Params<'thread.list'>): Promise<Result<'thread.list'>>;
  follow(root: MessageId): Promise<void>;
  unfollow(root: MessageId): Promise<void>;
  /** Reads a followed thread up to its reply number `index`. Shows at once. */
  markRead(root: MessageId, index: number): void;
}

/** A post of this device names people of the space who may not see its room: they are not told. */
export interface Unreachable {
  readonly room: RoomId;
  readonly clientId: string;
  readonly handles: readonly string[];
}

export interface MentionsApi {
  /** What mentions one, by name, with a group or with everyone, newest first; `before`: the last of the page before. */
  list(before?: MessageId): Promise<Result<'mention.list'>>;
  onUnreachable(listener: (unreachable: Unreachable) => void): () => void;
}

export interface SearchOptions {
  /** Only in this room. */
  readonly room?: RoomId;
  /** `best` ranks the newest matches, on one page. */
  readonly order?: 'newest' | 'best';
  /** `next` of the page before. */
  readonly before?: MessageId;
}

export interface SearchApi {
  /** What one may see and that holds all of the words; days that are named begin here, on this device. */
  messages(text: string, options?: SearchOptions): Promise<Result<'search.messages'>>;
}

/** Emoji of a space's own, written as `:name:`. Admins change them. */
export interface CustomEmojiApi {
  /** By name; asked for when first looked at. */
  of(space: SpaceId): Store<readonly CustomEmoji[]>;
  /** `file`: a PNG, GIF or WebP as base64. */
  add(space: SpaceId, name: string, file: string): Promise<CustomEmoji>;
  rename(emoji: CustomEmoji, name: string, aliases: string[]): Promise<void>;
  remove(emoji: CustomEmoji): Promise<void>;
}

/** People of a space who are mentioned together. Admins change them. */
export interface PeopleGroupsApi {
  /** By handle; asked for when first looked at. */
  of(space: SpaceId): Store<readonly PeopleGroup[]>;
  create(space: SpaceId, input: Omit<Params<'people-group.create'>, 'space'>): Promise<PeopleGroup>;
  rename(group: PeopleGroup, handle: string, name: string): Promise<void>;
  setPeople(group: PeopleGroup, people: UserId[]): Promise<void>;
  remove(group: PeopleGroup): Promise<void>;
}

/** The others' receipts by person; `null` until they are known, and where none are told. */
export type RoomReceipts = ReadonlyMap<UserId, Receipt> | null;

export interface ReceiptsApi {
  /** How far the others in a room have come; kept up to date while someone subscribes. */
  of(room: RoomId): Store<RoomReceipts>;
  /** Turns receipts off in a room for everybody, or on again. */
  setRoom(room: RoomId, receipts: 'on' | 'off'): Promise<void>;
}

export interface PinsApi {
  /** A room's pinned messages, the one pinned last first; `null` until they are known. Kept up to date while someone subscribes. */
  of(room: RoomId): Store<readonly Message[] | null>;
  pin(message: MessageId): Promise<void>;
  unpin(message: MessageId): Promise<void>;
}

export interface PollsApi {
  /** What one voted for, by the places of the options; `undefined` until it is known. Asked for when first looked at. */
  own(message: MessageId): Store<readonly number[] | undefined>;
  /** Posts a poll; how the vote on it stands comes with its message. `clientId`: the same again posts nothing twice. */
  create(room: RoomId, thread: MessageId | null, text: string, poll: PollTerms, clientId: string): Promise<MessageId>;
  /** Votes instead of what one voted for before. Shows at once; taken back when it is refused. */
  vote(message: MessageId, choices: number[]): Promise<void>;
  retract(message: MessageId): Promise<void>;
  /** Ends the vote for everyone, for good. */
  close(message: MessageId): Promise<void>;
  /** Everybody who voted for an option, the first ones first; `after`: the last of the page before. */
  voters(message: MessageId, option: number, after?: UserId): Promise<Result<'poll.voters'>>;
}

export interface PeopleApi {
  /** A person; looked up by itself (batched) when not known yet. */
  person(user: UserId): Store<Person | undefined>;
  /** A person's presence; watched while someone subscribes. */
  presence(user: UserId): Store<Presence | undefined>;
  /** Everyone known of a space so far. */
  known: Store<ReadonlyMap<UserId, Person>>;
}

/** What waits on this device, over all rooms: for the quiet line that says so when offline. */
export interface OutboxState {
  readonly waiting: number;
  readonly failed: number;
}

export interface Confab {
  readonly connection: Store<ConnectionState>;
  readonly account: AccountApi;
  readonly settings: SettingsApi;
  readonly receipts: ReceiptsApi;
  readonly pins: PinsApi;
  readonly polls: PollsApi;
  readonly spaces: SpacesApi;
  readonly rooms: RoomsApi;
  readonly directs: DirectsApi;
  readonly blocks: BlocksApi;
  readonly threads: ThreadsApi;
  readonly people: PeopleApi;
  readonly emoji: CustomEmojiApi;
  readonly groups: PeopleGroupsApi;
  readonly mentions: MentionsApi;
  readonly search: SearchApi;
  readonly drafts: DraftsApi;
  readonly scheduled: ScheduledApi;
  readonly reminders: RemindersApi;
  readonly sections: SectionsApi;
  readonly bookmarks: BookmarksApi;
  readonly exports: ExportsApi;
  readonly files: FilesApi;
  readonly moderation: ModerationApi;
  readonly outbox: Store<OutboxState>;
  /** Every logged event, in its log's order, each exactly once. */
  onEvent(listener: (event: LoggedEvent) => void): () => void;
  /** Every ephemeral event that no store here shows, those of peers among them. The answer stops it. */
  onEphemeral(listener: (event: EphemeralEvent) => void): () => void;
  /** Any command by name, over the connection when it is online, otherwise over HTTP where it has a route. */
  call<Name extends keyof typeof import('@confab/protocol').commands>(
    name: Name,
    params: Params<Name>,
  ): Promise<Result<Name>>;
  /** Says whether the person is at this device. */
  setAway(away: boolean): void;
  /** Finds out who is signed in and, when someone is, connects. Safe to call again. */
  start(): void;
  /** Closes the connection and lets go of timers and stores; queued sends stay stored. */
  stop(): Promise<void>;
}
