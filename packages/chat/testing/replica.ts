import {
  arrangementOf,
  type Bookmark,
  type CustomEmoji,
  type CustomEmojiId,
  changedMessage,
  type Export,
  type ExportId,
  foldMessage,
  type Home,
  inboxLog,
  isLine,
  type LoggedEvent,
  type LogId,
  limits,
  type Membership,
  type Message,
  type MessageId,
  type Notice,
  type PeopleGroup,
  type PeopleGroupId,
  type Person,
  type Position,
  postedMessage,
  type Reminder,
  type RoomArrangement,
  type RoomId,
  type RoomInfo,
  type RoomView,
  roomChangesOf,
  roomLog,
  type ScheduledId,
  type ScheduledMessage,
  type Settings,
  type SpaceId,
  type SpaceView,
  type Standing,
  showsInRoom,
  spaceLog,
  type ThreadState,
  type UserId,
  withCursor,
  withMembership,
  withMention,
  withModeration,
  withoutMention,
  withPicture,
  withRoomChange,
  withRules,
  withSectionEvent,
  withThreadMention,
} from '@confab/protocol';
import type { TestChat, TestPerson } from './test-chat.ts';

type EventOf<Name extends LoggedEvent['event']> = Extract<LoggedEvent, { event: Name }>;

interface KnownSpace {
  view: SpaceView;
  readonly people: Map<UserId, Person>;
  readonly publicRooms: Map<RoomId, RoomInfo>;
  readonly groups: Map<PeopleGroupId, PeopleGroup>;
  readonly emoji: Map<CustomEmojiId, CustomEmoji>;
}

interface KnownRoom {
  view: RoomView;
  /** What the membership's counts are of. */
  atSeq: number;
  /** `null` until loaded: rooms that one was added to after the snapshot show their timeline when they are opened. */
  readonly timeline: { readonly messages: Message[]; readonly notices: Notice[] } | null;
}

/**
 * What one client knows: a snapshot, carried on by events alone. If the protocol is right, a stale one that catches up
 * equals a fresh one, whatever happened in between.
 */
export class Replica {
  readonly #test: TestChat;
  readonly #person: TestPerson;
  #me: Person;
  #settings: Settings;
  #inbox: Position;
  readonly #spaces = new Map<SpaceId, KnownSpace>();
  readonly #rooms = new Map<RoomId, KnownRoom>();
  #blocked: ReadonlySet<UserId>;
  readonly #scheduled = new Map<ScheduledId, ScheduledMessage>();
  readonly #reminders = new Map<MessageId, Reminder>();
  #arrangement: RoomArrangement;
  #moderation: Home['moderation'];
  readonly #bookmarks = new Map<MessageId, Bookmark>();
  readonly #exports = new Map<ExportId, Export>();
  /** What one voted for. */
  readonly #votes = new Map<MessageId, readonly number[]>();
  /** Followed threads with unread replies. */
  readonly #threads = new Map<MessageId, ThreadState>();

  private constructor(test: TestChat, person: TestPerson, home: Home) {
    this.#test = test;
    this.#person = person;
    this.#me = home.me;
    this.#settings = home.settings;
    this.#inbox = home.inbox;
    this.#blocked = new Set(home.blocked);
    this.#arrangement = arrangementOf(home);
    this.#moderation = home.moderation;
    for (const scheduled of home.scheduled) this.#scheduled.set(scheduled.id, scheduled);
    for (const reminder of home.reminders) this.#reminders.set(reminder.message, reminder);
    for (const thread of home.threads) this.#threads.set(thread.root, thread);
  }

  /** Fetches everything. */
  static async load(test: TestChat, person: TestPerson): Promise<Replica> {
    const home = await test.do(person, 'account.home', {});
    const replica = new Replica(test, person, home);
    const { bookmarks } = await test.do(person, 'bookmark.list', {});
    for (const { bookmark } of bookmarks) replica.#bookmarks.set(bookmark.message, bookmark);
    for (const each of (await test.do(person, 'export.list', {})).exports)
      replica.#exports.set(each.export.id, each.export);
    for (const view of home.spaces) replica.#spaces.set(view.id, await replica.#loadSpace(view));
    for (const view of home.rooms) {
      const page = await test.do(person, 'message.list', { room: view.info.id, limit: limits.messagesPerPage });
      replica.#addRoom(view, { messages: page.messages, notices: page.notices });
      await replica.#loadVotes(page.messages);
    }
    return replica;
  }

  /** Applies what was told since, log by log, the inbox first as it says which logs there are. */
  async catchUp(): Promise<void> {
    await this.#follow(inboxLog(this.#person.user), this.#inbox, (event) => this.#applyInbox(event));
    for (const space of this.#spaces.values()) {
      const { position } = space.view;
      if (position) await this.#follow(spaceLog(space.view.id), position, (event) => applyToSpace(space, event));
    }
    for (const room of this.#rooms.values()) {
      await this.#follow(roomLog(room.view.info.id), room.view.position, (event) => this.#applyToRoom(room, event));
    }
  }

  /** Everything that is known, in a form that can be compared. `loaded`: whose timelines to show. */
  shown(loaded: ReadonlySet<RoomId>) {
    const byId = <T extends { id: string }>(items: Iterable<T>) =>
      [...items].sort((left, right) => (left.id < right.id ? -1 : 1));
    return {
      me: this.#me,
      settings: this.#settings,
      inbox: this.#inbox,
      blocked: [...this.#blocked].sort(),
      moderation: this.#moderation,
      scheduled: byId(this.#scheduled.values()),
      reminders: byId([...this.#reminders.values()].map((kept) => ({ ...kept, id: kept.message }))),
      votes: byId([...this.#votes].map(([id, choices]) => ({ id, choices }))),
      sections: this.#arrangement.sections,
      places: byId([...this.#arrangement.places.values()].map((place) => ({ ...place, id: place.room }))),
      bookmarks: byId([...this.#bookmarks.values()].map((kept) => ({ ...kept, id: kept.message }))),
      exports: byId(this.#exports.values()),
      threads: [...this.#threads.values()].sort((left, right) => (left.root < right.root ? -1 : 1)),
      spaces: byId([...this.#spaces.values()].map(({ view }) => view)),
      people: [...this.#spaces.values()].map(({ people }) => byId(people.values())),
      groups: [...this.#spaces.values()].map(({ groups }) => byId(groups.values())),
      publicRooms: [...this.#spaces.values()].map(({ publicRooms }) => byId(publicRooms.values())),
      rooms: byId(
        [...this.#rooms.values()].map(({ view, timeline }) => ({
          id: view.info.id,
          view,
          timeline: loaded.has(view.info.id) ? timeline : null,
        })),
      ),
    };
  }

  get loadedRooms(): ReadonlySet<RoomId> {
    return new Set([...this.#rooms.values()].filter((room) => room.timeline).map((room) => room.view.info.id));
  }

  async #loadVotes(shown: readonly Message[]): Promise<void> {
    const messages = shown.flatMap(({ id, poll }) => (poll ? [id] : []));
    if (messages.length === 0) return;
    const { votes } = await this.#test.do(this.#person, 'poll.own', { messages });
    for (const { message, choices } of votes) this.#votes.set(message, choices);
  }

  async #loadSpace(view: SpaceView): Promise<KnownSpace> {
    const space: KnownSpace = { view, people: new Map(), publicRooms: new Map(), groups: new Map(), emoji: new Map() };
    if (view.position === null) return space;
    const { members } = await this.#test.do(this.#person, 'space.members', { space: view.id });
    for (const { person } of members) space.people.set(person.id, person);
    const { groups } = await this.#test.do(this.#person, 'people-group.list', { space: view.id });
    for (const group of groups) space.groups.set(group.id, group);
    const { emoji } = await this.#test.do(this.#person, 'emoji.list', { space: view.id });
    for (const each of emoji) space.emoji.set(each.id, each);
    for (const archived of [false, true]) {
      const { rooms } = await this.#test.do(this.#person, 'room.browse', { space: view.id, archived });
      for (const { info } of rooms) if (info.visibility === 'public') space.publicRooms.set(info.id, info);
    }
    return space;
  }

  /** [L7]: only the next event is applied, and the position goes with it. */
  async #follow(log: LogId, position: Position, apply: (event: LoggedEvent) => void): Promise<void> {
    const range = { log, after: position.seq, upTo: Number.MAX_SAFE_INTEGER, limit: 100_000, noticesOnly: false };
    for (const stored of await this.#test.chat.readLog(range)) {
      const event = JSON.parse(stored.json) as LoggedEvent;
      if (event.seq !== position.seq + 1) throw new Error(`${log} has a gap before ${event.seq}.`);
      position.seq = event.seq;
      if (event.event === 'message.posted' && showsInRoom(event.data)) position.count += 1;
      apply(event);
    }
  }

  #applyInbox(event: LoggedEvent): void {
    switch (event.event) {
      case 'inbox.profile-changed':
        this.#me = event.data.me;
        return;
      case 'inbox.settings-changed':
        this.#settings = { ...this.#settings, ...event.data };
        return;
      case 'inbox.space-added':
        // Its people and rooms come with its log, read from the beginning: the same as fetching them.
        this.#enterSpace(event.data.space);
        return;
      case 'inbox.space-removed':
        this.#spaces.delete(event.data.space);
        this.#moderation = withModeration(this.#moderation, event);
        for (const [id, room] of this.#rooms) if (room.view.info.space === event.data.space) this.#rooms.delete(id);
        return;
      case 'inbox.welcome-dismissed':
        delete this.#spaces.get(event.data.space)?.view.greet;
        return;
      case 'inbox.role-set':
        this.#setRole(event.data.space, event.data.role);
        return;
      case 'inbox.room-added':
        this.#addRoom(event.data.room, null);
        return;
      case 'inbox.block-added':
        this.#blocked = new Set([...this.#blocked, event.data.user]);
        return;
      case 'inbox.block-removed':
        this.#blocked = new Set([...this.#blocked].filter((user) => user !== event.data.user));
        return;
      case 'inbox.room-removed':
        this.#rooms.delete(event.data.room);
        for (const [root, { room }] of this.#threads) if (room === event.data.room) this.#threads.delete(root);
        return;
      case 'inbox.mutes-changed':
      case 'inbox.moderation-noted':
      case 'inbox.moderation-note-seen':
      case 'inbox.reports-changed':
        this.#moderation = withModeration(this.#moderation, event);
        return;
      case 'inbox.scheduled-set':
        this.#scheduled.set(event.data.id, event.data);
        return;
      case 'inbox.scheduled-removed':
        this.#scheduled.delete(event.data.id);
        return;
      case 'inbox.reminder-changed':
        this.#reminders.set(event.data.message, event.data);
        return;
      case 'inbox.reminder-removed':
        this.#reminders.delete(event.data.message);
        return;
      case 'inbox.sections-changed':
      case 'inbox.room-placed':
        this.#arrangement = withSectionEvent(this.#arrangement, event);
        return;
      case 'inbox.bookmark-added':
        this.#bookmarks.set(event.data.message, event.data);
        return;
      case 'inbox.export-changed':
        this.#exports.set(event.data.id, event.data);
        return;
      case 'inbox.export-removed':
        this.#exports.delete(event.data.export);
        return;
      case 'inbox.bookmark-removed':
        this.#bookmarks.delete(event.data.message);
        return;
      case 'inbox.poll-voted':
        if (event.data.choices.length > 0) this.#votes.set(event.data.message, event.data.choices);
        else this.#votes.delete(event.data.message);
        return;
      case 'inbox.thread-changed':
        this.#setThread(event.data);
        return;
      case 'inbox.read':
        this.#stand(event.data.room, (standing) => withCursor(standing, event.data, []));
        return;
      case 'inbox.mentioned':
      case 'inbox.mention-removed':
        this.#mentioned(event);
        return;
      case 'inbox.membership-changed':
        this.#stand(event.data.room, (standing) => withMembership(standing, event.data, []));
        return;
      default:
        throw new Error(`${event.event} does not belong in an inbox.`);
    }
  }

  #enterSpace(view: SpaceView): void {
    const position = view.role === 'guest' ? null : { epoch: 1, seq: 0, count: 0 };
    const started = { ...view, memberCount: 0, position };
    this.#spaces.set(view.id, {
      view: started,
      people: new Map(),
      publicRooms: new Map(),
      groups: new Map(),
      emoji: new Map(),
    });
  }

  #setThread(thread: ThreadState): void {
    if (thread.following && thread.replies > thread.readIndex) this.#threads.set(thread.root, thread);
    else this.#threads.delete(thread.root);
  }

  #setRole(id: SpaceId, role: SpaceView['role']): void {
    const space = this.#spaces.get(id);
    if (space) space.view = { ...space.view, role };
  }

  #mentioned({ event, data }: EventOf<'inbox.mentioned' | 'inbox.mention-removed'>): void {
    const { room, seq } = data;
    const inThread = event === 'inbox.mentioned' ? data.inThread : undefined;
    const change = (membership: Membership, at: number) => {
      if (event === 'inbox.mention-removed') return withoutMention(membership, at);
      return inThread ? withThreadMention(membership, { seq: at, ...inThread }) : withMention(membership, at);
    };
    this.#stand(room, ({ membership, atSeq }) => ({ membership: change(membership, seq), atSeq }));
  }

  #addRoom(view: RoomView, timeline: KnownRoom['timeline']): void {
    this.#rooms.set(view.info.id, { view, atSeq: view.position.seq, timeline });
  }

  #stand(id: RoomId, change: (standing: Standing) => Standing): void {
    const room = this.#rooms.get(id);
    if (!room?.view.membership) return;
    const after = change({ membership: room.view.membership, atSeq: room.atSeq });
    room.view.membership = after.membership;
    room.atSeq = after.atSeq;
  }

  #applyToRoom(room: KnownRoom, event: LoggedEvent): void {
    const { view, timeline } = room;
    applyToView(view, event);
    if (event.event === 'message.deleted') this.#votes.delete(event.data.id);
    for (const change of roomChangesOf(event, this.#person.user, view.position)) {
      this.#stand(view.info.id, (standing) => withRoomChange(standing, change));
    }
    if (!timeline) return;
    applyToMessages(timeline.messages, event, this.#person.user);
    if (isLine(event.event))
      timeline.notices.push({ seq: event.seq, at: event.at, by: event.by, event: event.event, data: event.data });
  }
}

function applyToSpace(space: KnownSpace, event: LoggedEvent): void {
  switch (event.event) {
    case 'space.created':
    case 'space.renamed':
      space.view.name = event.data.name;
      return;
    case 'space.picture-set':
      space.view = withPicture(space.view, event.data.picture);
      return;
    case 'space.welcome-set': {
      const { welcome: _, ...view } = space.view;
      space.view = event.data.welcome === '' ? view : { ...view, welcome: event.data.welcome };
      return;
    }
    case 'space.member-joined':
      space.view.memberCount += 1;
      space.people.set(event.data.person.id, event.data.person);
      return;
    case 'space.member-left':
      space.view.memberCount -= 1;
      space.people.delete(event.data.user);
      return;
    case 'space.person-changed':
      space.people.set(event.data.person.id, event.data.person);
      return;
    case 'space.room-changed':
      space.publicRooms.set(event.data.room.id, event.data.room);
      return;
    case 'space.emoji-changed':
      space.emoji.set(event.data.emoji.id, event.data.emoji);
      return;
    case 'space.emoji-removed':
      space.emoji.delete(event.data.emoji);
      return;
    case 'space.people-group-changed':
      space.groups.set(event.data.group.id, event.data.group);
      return;
    case 'space.people-group-removed':
      space.groups.delete(event.data.group);
      return;
    case 'space.role-set':
      return;
    default:
      throw new Error(`${event.event} does not belong in a space's log.`);
  }
}

function applyToView(view: RoomView, event: LoggedEvent): void {
  switch (event.event) {
    case 'room.member-joined':
      view.memberCount += 1;
      if (view.info.people) view.info.people = [...view.info.people, event.data.person.id].sort();
      return;
    case 'room.member-left':
      view.memberCount -= 1;
      if (view.info.people) view.info.people = view.info.people.filter((user) => user !== event.data.user);
      return;
    case 'room.renamed':
      view.info.name = event.data.name;
      return;
    case 'room.description-set': {
      const { description: _, ...info } = view.info;
      view.info = event.data.description === '' ? info : { ...info, description: event.data.description };
      return;
    }
    case 'room.picture-set':
      view.info = withPicture(view.info, event.data.picture);
      return;
    case 'room.topic-set':
      view.info.topic = event.data.topic;
      return;
    case 'room.receipts-set': {
      const { receipts: _, ...info } = view.info;
      view.info = event.data.receipts === 'off' ? { ...info, receipts: 'off' } : info;
      return;
    }
    case 'room.rules-set':
      view.info = withRules(view.info, event.data);
      return;
    case 'room.archived':
      view.info.archivedAt = event.at;
      return;
    case 'room.unarchived':
      view.info.archivedAt = null;
      return;
  }
}

function applyToMessages(messages: Message[], event: LoggedEvent, me: UserId): void {
  if (event.event === 'message.posted' && showsInRoom(event.data)) messages.push(postedMessage(event));
  const id = changedMessage(event);
  if (id === undefined) return;
  const place = messages.findIndex((message) => message.id === id);
  const message = messages[place];
  // Replies that are not shown in the room are in their thread.
  if (!message) return;
  messages[place] = foldMessage(message, event, me);
}
