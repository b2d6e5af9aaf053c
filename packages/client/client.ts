import type { ClientId, EphemeralEvent, EventFrame, LogId, Params, Result, RoomId, Welcome } from '@confab/protocol';
import { protocolVersions } from '@confab/protocol/version.ts';
import type { Accounts } from './accounts/accounts.ts';
import type {
  AccountApi,
  BlocksApi,
  Confab,
  ConnectionState,
  CustomEmojiApi,
  DirectsApi,
  MentionsApi,
  ModerationApi,
  OutboxState,
  PeopleApi,
  PeopleGroupsApi,
  PinsApi,
  PollsApi,
  ReceiptsApi,
  RoomsApi,
  SearchApi,
  SettingsApi,
  SpacesApi,
  Store,
  ThreadsApi,
} from './api.ts';
import { Asker } from './asker.ts';
import { Blocks } from './blocks/blocks.ts';
import { bounds, times } from './bounds.ts';
import { Connection } from './connection/connection.ts';
import { CustomEmojis } from './custom-emoji/custom-emoji.ts';
import { Directs } from './directs/directs.ts';
import { Files } from './files/files.ts';
import type { UploadStore } from './files/upload-store.ts';
import type { FilesApi } from './files-api.ts';
import { Kept } from './kept.ts';
import type { BookmarksApi, DraftsApi, ExportsApi, RemindersApi, ScheduledApi, SectionsApi } from './kept-api.ts';
import { Mentions } from './mentions/mentions.ts';
import type { TimelineSurroundings } from './messages/timeline.ts';
import { Timelines } from './messages/timelines.ts';
import { Moderation } from './moderation/moderation.ts';
import { KeptPages } from './offline/kept-pages.ts';
import { People } from './people.ts';
import { PeopleGroups } from './people-groups/people-groups.ts';
import { Pins } from './pins/pins.ts';
import { Polls } from './polls/polls.ts';
import type { ClientPorts } from './ports.ts';
import { Presences } from './presence.ts';
import { DeliveryMarks } from './receipts/delivery-marks.ts';
import { Receipts } from './receipts/receipts.ts';
import { ReadMarks } from './rooms/read-marks.ts';
import { RoomList } from './rooms/room-list.ts';
import { Rooms } from './rooms/rooms.ts';
import { Search } from './search/search.ts';
import { PersonSettings } from './settings/settings.ts';
import { SpaceList } from './spaces/space-list.ts';
import { Spaces } from './spaces/spaces.ts';
import { guarded } from './store.ts';
import { Mirror } from './sync/mirror.ts';
import { Outbox } from './sync/outbox.ts';
import type { OutboxStore, QueuedSend } from './sync/outbox-store.ts';
import { FollowedThreads } from './threads/followed-threads.ts';
import { Typing } from './typing.ts';

export interface ClientSetup {
  readonly ports: ClientPorts;
  /** The server's origin, without a slash at the end. */
  readonly server: string;
  /** Who is signed in; may be known already. */
  readonly accounts: Accounts;
  /** Told in the hello, at most 100 characters. */
  readonly name: string;
  /** Rooms are live though nobody looks at them. */
  readonly hearsAllRooms: boolean;
  readonly outbox: OutboxStore;
  /** Where uploads are kept; `null`: the best that this place offers. */
  readonly uploads: UploadStore | null;
}

type CommandNames = keyof typeof import('@confab/protocol').commands;

/** The client's wiring: what hears of the connection, the account and the outbox, and in which order. */
export class Client implements Confab {
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
  readonly moderation: ModerationApi;
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
  readonly outbox: Store<OutboxState>;
  readonly #setup: ClientSetup;
  readonly #connection: Connection;
  readonly #asker: Asker;
  readonly #accounts: Accounts;
  #stopLeaving = () => {};
  readonly #outbox: Outbox;
  readonly #files: Files;
  readonly #roomList = new RoomList({
    rewound: (room, readSeq) => this.#rewound(room, readSeq),
    isBlocked: (user) => this.#blocks.users.get().has(user),
  });
  readonly #spaceList = new SpaceList();
  readonly #settings: PersonSettings;
  readonly #receipts: Receipts;
  readonly #delivery: DeliveryMarks;
  readonly #pins: Pins;
  readonly #polls: Polls;
  readonly #blocks: Blocks;
  readonly #moderation: Moderation;
  readonly #people: People;
  readonly #emoji: CustomEmojis;
  readonly #groups: PeopleGroups;
  readonly #mentions: Mentions;
  readonly #kept: Kept;
  readonly #presences: Presences;
  readonly #typing: Typing;
  readonly #marks: ReadMarks;
  readonly #timelines: Timelines;
  readonly #keptPages: KeptPages;
  readonly #threads: FollowedThreads;
  readonly #mirror: Mirror;
  readonly #delayed = new Set<() => void>();
  readonly #ephemeralListeners = new Set<(event: EphemeralEvent) => void>();

  constructor(setup: ClientSetup) {
    this.#setup = setup;
    const { ports, server } = setup;
    this.#connection = new Connection(ports, `${server.replace(/^http/, 'ws')}/api/v1/connect`, () => this.#hello(), {
      welcomed: (welcome) => this.#welcomed(welcome),
      event: (event) => this.#heard(event),
      lost: () => this.#lost(),
      ended: (reason) => {
        if (reason === 'signed-out') this.#accounts.ended();
      },
    });
    this.#asker = new Asker(this.#connection, setup.accounts.http);
    this.#settings = new PersonSettings(this.#asker);
    this.#blocks = new Blocks(this.#asker);
    this.#moderation = new Moderation(this.#asker);
    this.#accounts = setup.accounts;
    this.#files = new Files(this.#filesParts(), setup.uploads);
    this.#kept = new Kept(ports, this.#asker, this.#files);
    this.#outbox = new Outbox(ports, setup.outbox, server, {
      line: this.#outboxLine(),
      files: this.#files.sends,
      changed: (room) => {
        for (const timeline of this.#timelines.in(room)) timeline.show();
      },
    });
    this.#presences = new Presences(ports, this.#asker);
    this.#settings.state.subscribe(() => this.#presences.setByChoice(this.#settings.state.get().presence === 'away'));
    this.#people = new People(this.#asker, this.#presences);
    this.#emoji = new CustomEmojis(this.#asker);
    this.#groups = new PeopleGroups(this.#asker);
    this.#mentions = new Mentions(this.#asker, this.#people);
    this.#typing = new Typing(ports, this.#asker);
    this.#marks = new ReadMarks(ports, this.#asker, this.#roomList);
    const later = (task: () => void) => this.#later(task);
    this.#receipts = new Receipts({ asker: this.#asker, settings: this.#settings });
    this.#delivery = new DeliveryMarks(ports, { asker: this.#asker, rooms: this.#roomList, settings: this.#settings });
    this.#pins = new Pins({ asker: this.#asker, people: this.#people, accounts: this.#accounts, later });
    this.#polls = new Polls(this.#asker);
    this.#keptPages = new KeptPages(ports, setup.accounts, this.#people);
    this.#timelines = new Timelines(this.#surroundings());
    this.#threads = new FollowedThreads(this.#asker, this.#roomList, (room, root) =>
      this.#timelines.thread(room, root),
    );
    this.#mirror = new Mirror({ ...this.#parts(), hearsAllRooms: setup.hearsAllRooms });
    this.connection = this.#connection.state;
    this.account = this.#accounts;
    this.settings = this.#settings;
    this.receipts = this.#receipts;
    this.pins = this.#pins;
    this.polls = this.#polls;
    this.blocks = this.#blocks;
    this.moderation = this.#moderation;
    this.threads = this.#threads;
    this.people = this.#people;
    this.emoji = this.#emoji;
    this.groups = this.#groups;
    this.mentions = this.#mentions;
    this.search = new Search(ports, this.#asker, this.#people);
    this.outbox = this.#outbox.state;
    this.drafts = this.#kept.drafts;
    this.scheduled = this.#kept.scheduled;
    this.reminders = this.#kept.reminders;
    this.sections = this.#kept.sections;
    this.bookmarks = this.#kept.bookmarks;
    this.exports = this.#kept.exports;
    this.files = this.#files;
    this.spaces = new Spaces({ ...this.#parts(), joined: (space) => this.#mirror.joinedSpace(space) });
    this.rooms = new Rooms({
      ...this.#parts(),
      marks: this.#marks,
      joined: (view) => this.#mirror.joinedRoom(view),
      left: (room) => this.#mirror.leftRoom(room),
    });
    this.directs = new Directs({
      asker: this.#asker,
      joined: (view) => this.#mirror.joinedRoom(view),
      markRead: (room) => this.rooms.markRead(room),
    });
  }

  onEvent(listener: Parameters<Confab['onEvent']>[0]): () => void {
    return this.#mirror.onEvent(listener);
  }

  onEphemeral(listener: (event: EphemeralEvent) => void): () => void {
    this.#ephemeralListeners.add(listener);
    return () => {
      this.#ephemeralListeners.delete(listener);
    };
  }

  call<Name extends CommandNames>(name: Name, params: Params<Name>): Promise<Result<Name>> {
    return this.#asker.call(name, params);
  }

  setAway(away: boolean): void {
    this.#presences.setAway(away);
  }

  start(): void {
    this.#accounts.join(this.#asker, {
      recognised: (user) => this.#files.open(user, this.#outbox.open(user)),
      entered: (home) => {
        this.#mirror.entered(home);
        this.#connection.start();
      },
      left: () => this.#left(),
    });
    this.#accounts.start();
    this.#stopLeaving = this.#setup.ports.environment.onLeave(() => this.#outbox.leave());
  }

  async stop(): Promise<void> {
    this.#stopLeaving();
    this.#accounts.stop();
    this.#connection.stop('stopped');
    this.#forgetTimers();
    this.#marks.stop();
    this.#delivery.stop();
    this.#kept.drafts.stop();
    this.#presences.stop();
    const filesSettled = this.#files.settled();
    this.#files.close();
    this.#outbox.close();
    await filesSettled;
    await this.#outbox.settled();
    await this.#setup.outbox.close();
  }

  #hello() {
    const token = this.#accounts.token;
    return { versions: [...protocolVersions], client: this.#setup.name, ...(token === null ? {} : { token }) };
  }

  #welcomed(welcome: Welcome): void {
    if (welcome.user !== this.#accounts.me) {
      // Another tab signed somebody else in: nothing is sent in their name. In a moment, so that a server whose
      // doors disagree is not asked without end.
      this.#connection.stop('signed-out');
      this.#later(() => this.#accounts.load());
      return;
    }
    this.#mirror.listening.welcomed(welcome);
    this.#presences.welcomed();
    this.#marks.welcomed();
    this.#threads.welcomed();
    this.#people.welcomed();
    this.#kept.drafts.welcomed();
    this.#receipts.welcomed();
    this.#pins.welcomed();
    this.#delivery.reached(this.#roomList.all().map(({ info }) => info.id));
    this.#outbox.ready();
    this.#files.ready();
  }

  #heard(event: EventFrame): void {
    if (event.event === 'log.head') {
      const { log, ...position } = event.data;
      this.#mirror.listening.heardHead(log as LogId, position);
    } else if (event.event === 'log.closed') {
      this.#presences.unwatched();
      if (event.data.reason === 'epoch') this.#mirror.rewritten();
      else this.#mirror.logClosed(event.data.log as LogId);
    } else if (event.event === 'presence.changed') this.#presences.heard(event.data);
    else if (event.event === 'receipt.moved') {
      if (event.log !== undefined) this.#receipts.heard(event.log, event.data);
    } else if (event.event === 'typing.changed') {
      if (event.log !== undefined && !this.#blocks.users.get().has(event.data.user)) {
        this.#typing.heard(event.log, event.data.user, event.data.typing, this.#accounts.me);
      }
    } else if (event.event === 'draft.changed') this.#kept.drafts.heard(event.data);
    else if ('seq' in event) this.#mirror.listening.received(event);
    else if ('at' in event) for (const listener of [...this.#ephemeralListeners]) guarded(() => listener(event));
  }

  #lost(): void {
    this.#mirror.listening.lost();
    this.#typing.clear();
    this.#kept.drafts.lost();
    this.#files.lost();
  }

  #left(): void {
    this.#connection.stop('signed-out');
    this.#forgetTimers();
    this.#outbox.close();
    this.#files.close();
    this.#marks.clear();
    this.#delivery.clear();
    this.#receipts.clear();
    this.#pins.clear();
    this.#polls.clear();
    this.#presences.clear();
    this.#people.clear();
    this.#mirror.left();
  }

  #outboxLine() {
    return {
      holdMs: () => this.#settings.state.get().undoSendMs,
      ready: () => this.#isReady(),
      leads: () => this.#files.leads(),
      post: async ({ room, clientId, text, context, uploads }: QueuedSend & { clientId: ClientId }) => {
        const brought = uploads === undefined ? {} : { files: await this.#files.sends.named(uploads) };
        const answer = await this.#connection.request('message.post', { room, clientId, text, ...brought, ...context });
        this.#marks.release(room);
        if (answer.unreachable) this.#mentions.notReached({ room, clientId, handles: answer.unreachable });
        return answer;
      },
      hand: (sends: readonly (QueuedSend & { clientId: ClientId })[]) => {
        let left = bounds.handedBytes;
        for (const { room, clientId, text, context, uploads } of sends) {
          const files = uploads && this.#files.sends.namesNow(uploads);
          if (files === null) continue;
          const brought = files === undefined ? {} : { files };
          const taken = this.#asker.hand('message.post', { room, clientId, text, ...brought, ...context }, left);
          // What comes after it would overtake it.
          if (taken === 0) return;
          left -= taken;
        }
      },
      delivered: (room: RoomId, seq: number) => this.#marks.posted(room, seq),
    };
  }

  #isReady(): boolean {
    return this.#accounts.me !== null && this.#connection.welcome?.user === this.#accounts.me;
  }

  #filesParts() {
    const { ports, server, accounts } = this.#setup;
    return {
      ...{ ports, server, accounts, asker: this.#asker },
      leading: () => this.#outbox.leading,
      ready: () => this.#isReady(),
      arrived: (clientId: string) => this.#outbox.filesArrived(clientId),
      without: (clientId: string, upload: string) => this.#outbox.without(clientId, upload),
    };
  }

  #surroundings(): TimelineSurroundings {
    return {
      asker: this.#asker,
      outbox: this.#outbox,
      me: () => this.#accounts.me,
      sendOf: (clientId) => this.#outbox.stateOf(clientId),
      unread: (room) => {
        const view = this.#roomList.get(room);
        return view?.membership && view.unread > 0 ? { readSeq: view.membership.readSeq, count: view.unread } : null;
      },
      repliesRead: (root) => this.#threads.unreadFrom(root),
      followedTo: (room) => this.#mirror.followedTo(room),
      opened: (room) => {
        this.#marks.release(room);
        this.#mirror.opened(room);
      },
      closed: (room) => this.#closed(room),
      learn: (people) => this.#people.learn(people),
      kept: (room) => this.#keptPages.of(room),
      keep: (room, page) => this.#keptPages.keep(room, page),
      rewritten: () => this.#mirror.rewritten(),
      later: (task) => this.#later(task),
    };
  }

  /** One moved the read cursor back, here or elsewhere. */
  #rewound(room: RoomId, readSeq: number): void {
    this.#marks.hold(room);
    this.#timelines.find(room)?.divide(readSeq);
  }

  #closed(room: RoomId): void {
    this.#marks.flush(room);
    this.#typing.set(room, false);
    this.#typing.leave(room);
    this.#mirror.closed(room);
  }

  #parts() {
    return {
      asker: this.#asker,
      accounts: this.#accounts,
      settings: this.#settings,
      receipts: this.#receipts,
      delivery: this.#delivery,
      pins: this.#pins,
      polls: this.#polls,
      blocks: this.#blocks,
      moderation: this.#moderation,
      spaces: this.#spaceList,
      rooms: this.#roomList,
      people: this.#people,
      emoji: this.#emoji,
      groups: this.#groups,
      kept: this.#kept,
      timelines: this.#timelines,
      threads: this.#threads,
      typing: this.#typing,
      later: (task: () => void) => this.#later(task),
    };
  }

  /** Something to try again in a moment; forgotten when the client stops or the person leaves. */
  #later(task: () => void): void {
    const cancel = this.#setup.ports.after(times.retryMs, () => {
      this.#delayed.delete(cancel);
      task();
    });
    this.#delayed.add(cancel);
  }

  #forgetTimers(): void {
    for (const cancel of this.#delayed) cancel();
    this.#delayed.clear();
  }
}
