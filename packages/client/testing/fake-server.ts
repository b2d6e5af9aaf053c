import type {
  CommandFrame,
  CommandName,
  CustomEmoji,
  Home,
  LoggedEvent,
  LogId,
  Membership,
  MessageId,
  Params,
  PeopleGroup,
  Person,
  Receipt,
  RoomId,
  RoomView,
  Settings,
  SpaceId,
  ThreadState,
  UserId,
} from '@confab/protocol';
import { toWireError, type WireError } from '@confab/protocol/errors.ts';
import { inboxLog, parseLogId, spaceLog } from '@confab/protocol/ids.ts';
import { initialSettings } from '@confab/protocol/initial-settings.ts';
import { withModeration } from '@confab/protocol/moderation-fold.ts';
import { routes } from '../connection/routes.ts';
import { FakeConnection } from './fake-connection.ts';
import { FakeFiles, fileHandlers } from './fake-files.ts';
import { FakeKept, keptHandlers } from './fake-kept.ts';
import { FakeLog } from './fake-log.ts';
import { pictureHandlers } from './fake-pictures.ts';
import { pollHandlers } from './fake-polls.ts';
import type { FakePorts } from './fake-ports.ts';
import { FakeRoom } from './fake-room.ts';

export const space = 'space-1' as SpaceId;
const instance = { name: 'Test', version: '0', setUp: true, signUp: 'open' as const, fileBytes: 100 * 1024 * 1024 };

export type Handlers = { [Name in CommandName]?: (user: UserId, params: Params<Name>) => unknown };

/** A server in memory, just good enough to hold a client to the protocol. A person's token is their id. */
export class FakeServer {
  reachable = true;
  /** Requests over HTTP are never answered. */
  silent = false;
  /** What `log.listen` and `log.read` give at once. */
  eventsPerAnswer = 500;
  /** How many logs one connection may listen to. */
  mostLogs = 1_000;
  readonly rooms = new Map<RoomId, FakeRoom>();
  readonly people = new Map<UserId, Person>();
  readonly settings = new Map<UserId, Settings>();
  /** How people stand to threads, by `<user> <root>`. */
  readonly threads = new Map<string, ThreadState>();
  /** Groups of people, as a space's log tells of them. */
  readonly groups: PeopleGroup[] = [];
  readonly emoji: CustomEmoji[] = [];
  /** The others' receipts in rooms that tell them. */
  readonly receipts = new Map<RoomId, Receipt[]>();
  /** What was said to be delivered: person, room, seq. */
  readonly delivered: string[] = [];
  readonly connections = new Set<FakeConnection>();
  readonly kept = new FakeKept();
  readonly files = new FakeFiles();
  /** Commands as they arrived, over both doors. */
  readonly asked: string[] = [];
  /** Refuses the next command of that name, once. */
  readonly refusals: { command: string; error: WireError }[] = [];
  readonly #logs = new Map<LogId, FakeLog>();

  constructor() {
    this.#addLog(new FakeLog(spaceLog(space)));
  }

  addPerson(name: string): UserId {
    const id = name as UserId;
    this.people.set(id, { id, handle: name, name, disabled: false });
    this.#addLog(new FakeLog(inboxLog(id)));
    return id;
  }

  addRoom(name: string, ...members: UserId[]): FakeRoom {
    const createdBy = members[0] ?? ('nobody' as UserId);
    const stamps = { createdAt: 0, archivedAt: null };
    const id = `room-${name}` as RoomId;
    const room = new FakeRoom({
      id,
      space,
      kind: 'channel',
      visibility: 'public',
      name,
      topic: '',
      createdBy,
      ...stamps,
    });
    for (const member of members) room.members.set(member, { readSeq: 1, readCount: 0 });
    this.rooms.set(id, room);
    this.#addLog(room.log);
    return room;
  }

  log(id: LogId): FakeLog | undefined {
    return this.#logs.get(id);
  }

  mayListen(user: UserId, id: LogId): boolean {
    const { kind, id: of } = parseLogId(id);
    if (kind === 'inbox') return of === user;
    return kind === 'space' || this.rooms.get(of as RoomId)?.info.visibility === 'public' || this.#isMember(user, of);
  }

  /** Lets a device reach this server. */
  serve(ports: FakePorts): FakePorts {
    ports.sockets.onOpen = (socket) => {
      if (!this.reachable) return socket.end(1006);
      this.connections.add(new FakeConnection(this, socket));
      socket.open();
    };
    return { ...ports, fetch: (url, init) => this.#fetch(String(url), init ?? {}) };
  }

  /** Breaks every connection, as a crash does. */
  cut(): void {
    for (const connection of [...this.connections]) connection.socket.end(1006);
  }

  /** Runs a command; throws the wire error that it is refused with. */
  run(user: UserId, command: string, params: unknown): unknown {
    this.asked.push(command);
    const index = this.refusals.findIndex((refusal) => refusal.command === command);
    const refusal = index < 0 ? undefined : this.refusals.splice(index, 1)[0];
    if (refusal !== undefined) throw refusal.error;
    const handler = this.#handlers[command as CommandName] as ((user: UserId, params: unknown) => unknown) | undefined;
    if (handler === undefined) throw toWireError('unknown-command', { command });
    return structuredClone(handler(user, params));
  }

  readonly #handlers: Handlers = {
    'instance.show': () => instance,
    'account.home': (user) => this.#home(user),
    'account.sign-in': (_, { handle }) => {
      const me = this.people.get(handle as UserId);
      if (me === undefined) throw toWireError('wrong-credentials');
      return { me, session: `session of ${me.id}`, expiresAt: 9e12, token: me.id };
    },
    'account.set-settings': (user, change) => {
      const settings = { ...this.#settingsOf(user), ...change };
      this.settings.set(user, settings);
      this.log(inboxLog(user))?.append('inbox.settings-changed', user, change);
      return settings;
    },
    'account.sign-out': () => ({}),
    'person.look-up': (_, { users }) => ({ people: users.flatMap((id) => this.people.get(id) ?? []) }),
    'room.show': (user, { room }) => ({ room: this.#room(room).view(user) }),
    'room.mark-read': (user, { room, seq }) => {
      const read = this.#joined(user, room).read(user, seq);
      this.log(inboxLog(user))?.append('inbox.read', user, { room, ...read });
      return read;
    },
    'direct.open': (user, { users }) => ({ room: this.#openPlace(user, [...new Set([user, ...users])].sort()) }),
    'direct.close': (user, { room }) => this.#setClosed(user, this.#room(room), true),
    'moderation.acknowledge': (user, { seq }) => {
      this.log(inboxLog(user))?.append('inbox.moderation-note-seen', user, { seq });
      return {};
    },
    'block.add': (user, { user: blocked }) => {
      this.log(inboxLog(user))?.append('inbox.block-added', user, { user: blocked });
      return {};
    },
    'room.mark-unread': (user, { room, seq }) => {
      const read = this.#joined(user, room).markUnread(user, seq);
      this.#tellMembership(user, room);
      return read;
    },
    'room.set-notifications': (user, { room, notify, mutedUntil }) => {
      const found = this.#joined(user, room);
      found.members.set(user, { readSeq: 0, readCount: 0, ...found.members.get(user), notify, mutedUntil });
      return { membership: this.#tellMembership(user, room) };
    },
    'people-group.list': () => ({ groups: this.groups }),
    'emoji.list': () => ({ emoji: this.emoji }),
    'message.post': (user, { room, clientId, text, files, ...context }) => {
      if (!this.#isMember(user, room)) throw toWireError('not-found');
      const brought = files === undefined ? {} : { files: this.files.take(user, files, clientId) };
      const known = this.#room(room).log.events.length;
      const answer = this.#room(room).post(user, clientId, text, { ...context, ...brought });
      if (answer.seq > known) this.#tellMentions(room, answer.id, []);
      return answer;
    },
    'thread.show': (user, { message }) => this.#thread(user, message),
    'thread.mark-read': (user, { message, index }) => {
      const state = { ...this.#thread(user, message), readIndex: index };
      this.threads.set(`${user} ${message}`, state);
      this.#readThread(user, state);
      this.log(inboxLog(user))?.append('inbox.thread-changed', user, state);
      return state;
    },
    'message.show': (user, { message }) => ({ message: this.#roomOf(message).message(message, user) }),
    'message.edit': (user, { message, text }) => {
      this.#changed(message, (room) => room.edit(user, message, text));
      return { message: this.#roomOf(message).message(message, user) };
    },
    'message.delete': (user, { message }) => {
      this.#changed(message, (room) => room.remove(user, message));
      return { message: this.#roomOf(message).message(message, user) };
    },
    'message.list': (user, params) => this.#room(params.room).page(params, user),
    'reaction.add': (user, { message, emoji }) => ({
      reactions: this.#roomOf(message).react(user, message, emoji, true) ?? [],
    }),
    'reaction.remove': (user, { message, emoji }) => ({
      reactions: this.#roomOf(message).react(user, message, emoji, false) ?? [],
    }),
    'log.read': (user, { log, after, limit }) => {
      const found = this.log(log);
      if (found === undefined || !this.mayListen(user, log)) throw toWireError('not-found');
      const events = found.after(after).slice(0, Math.min(limit ?? 500, this.eventsPerAnswer));
      return { ...found.position, events };
    },
    'presence.watch': (_, { users }) => ({
      presences: users.map((user) => ({ user, state: 'online', lastSeenAt: null })),
    }),
    'message.pin': (user, { message }) => this.#setPinned(user, message, true),
    'message.unpin': (user, { message }) => this.#setPinned(user, message, false),
    'message.pins': (user, { room }) => {
      const pinned = this.#room(room)
        .messages(user)
        .filter((message) => message.pinned !== undefined);
      return { messages: pinned.reverse(), people: [] };
    },
    'search.messages': (user, { text, room, before }) => {
      const said = [...this.rooms.values()].flatMap((each) => (room ? [] : each.messages(user)));
      const all = (room ? this.#room(room).messages(user) : said).filter((message) => message.text.includes(text));
      const [message] = all.toReversed().slice(all.findLastIndex(({ id }) => id === before) < 0 ? 0 : 1);
      const found = message ? [{ message, marks: [[0, text.length]] }] : [];
      const people = found.flatMap((each) => this.people.get(each.message.author) ?? []);
      return {
        found,
        people,
        rooms: [],
        unknown: [],
        ...(all.length > 1 && !before && message ? { next: message.id } : {}),
      };
    },
    'receipt.list': (_, { room }) => ({ receipts: this.receipts.get(room) ?? null }),
    'receipt.mark-delivered': (user, { rooms }) => {
      this.delivered.push(...rooms.map(({ room, seq }) => `${user} ${room} ${seq}`));
      return {};
    },
    ...keptHandlers(this),
    ...fileHandlers(this),
    ...pictureHandlers(this),
    ...pollHandlers(this, (message) => this.#roomOf(message)),
    'presence.set': () => ({}),
    'typing.set': () => ({}),
  };

  #openPlace(by: UserId, people: UserId[]): RoomView {
    const name = people.join('-');
    const found = this.rooms.get(`room-${name}` as RoomId);
    if (found !== undefined) {
      this.#setClosed(by, found, false);
      return found.view(by);
    }
    const room = this.addRoom(name, ...people);
    const kind = people.length > 2 ? 'group' : 'direct';
    Object.assign(room.info, { space: null, kind, visibility: 'private', name: '', people });
    for (const user of people) {
      if (user !== by) room.members.set(user, { readSeq: 1, readCount: 0, closedCount: 0 });
      this.log(inboxLog(user))?.append('inbox.room-added', by, { room: room.view(user) });
    }
    return room.view(by);
  }

  #setClosed(user: UserId, room: FakeRoom, closed: boolean): object {
    const { closedCount, ...member } = room.members.get(user) ?? { readSeq: 0, readCount: 0 };
    room.members.set(user, closed ? { ...member, closedCount: room.log.position.count } : member);
    const membership = room.membership(user);
    if (membership === null || closed === (closedCount !== undefined)) return {};
    const data = { room: room.info.id, membership, atSeq: room.log.position.seq };
    this.log(inboxLog(user))?.append('inbox.membership-changed', user, data);
    return {};
  }

  #home(user: UserId): Home {
    const me = this.people.get(user);
    if (me === undefined) throw toWireError('unauthenticated');
    const rooms = [...this.rooms.values()].filter(({ members }) => members.has(user)).map((room) => room.view(user));
    const position = this.log(spaceLog(space))?.position ?? null;
    const spaces: Home['spaces'] = [
      { id: space, name: 'Space', role: 'member', memberCount: this.people.size, position },
    ];
    const threads = [...this.threads].flatMap(([key, state]) => (key.startsWith(`${user} `) ? state : []));
    const inbox = this.log(inboxLog(user))?.position ?? { epoch: 1, seq: 0, count: 0 };
    const session = `session of ${user}` as Home['session'];
    const settings = this.#settingsOf(user);
    const kept = this.kept.home(user);
    return {
      me,
      session,
      instance,
      spaces,
      rooms,
      blocked: [],
      people: [me],
      settings,
      threads,
      ...kept,
      moderation: this.moderation(user),
      inbox,
    };
  }

  /** What an inbox told of moderation, from its beginning. */
  moderation(user: UserId): Home['moderation'] {
    const events = this.log(inboxLog(user))?.events ?? [];
    return events.reduce(withModeration, { mutes: [], notes: [], reports: [] });
  }

  #settingsOf(user: UserId): Settings {
    return this.settings.get(user) ?? initialSettings;
  }

  #thread(user: UserId, root: MessageId): ThreadState {
    const room = this.#roomOf(root);
    const replies = room.message(root).replies?.count ?? 0;
    const known = this.threads.get(`${user} ${root}`);
    return known ?? { root, room: room.info.id, following: false, readIndex: replies, replies };
  }

  #setPinned(by: UserId, message: MessageId, on: boolean): object {
    this.#roomOf(message).log.append(on ? 'message.pinned' : 'message.unpinned', by, { message });
    return {};
  }

  #room(id: RoomId): FakeRoom {
    const room = this.rooms.get(id);
    if (room === undefined) throw toWireError('not-found');
    return room;
  }

  #roomOf(message: string): FakeRoom {
    return this.#room(message.slice(0, message.lastIndexOf('-')) as RoomId);
  }

  #tellMembership(user: UserId, room: RoomId): Membership {
    const { membership, position } = this.#room(room).view(user);
    if (membership === null) throw toWireError('forbidden');
    this.log(inboxLog(user))?.append('inbox.membership-changed', user, { room, membership, atSeq: position.seq });
    return membership;
  }

  #readThread(user: UserId, { root, room: id, readIndex }: ThreadState): void {
    const room = this.#room(id);
    const before = room.membership(user)?.threadMentions?.length;
    room.readThread(user, root, readIndex);
    if (room.membership(user)?.threadMentions?.length !== before) this.#tellMembership(user, id);
  }

  /** A room that someone is in. */
  #joined(user: UserId, room: RoomId): FakeRoom {
    if (!this.#isMember(user, room)) throw toWireError('forbidden');
    return this.#room(room);
  }

  /** Tells those whom a message names, and those whom it named `before` and names no more. */
  #tellMentions(room: RoomId, id: MessageId, before: readonly UserId[]): void {
    const found = this.#room(room).message(id);
    const { author, seq, mentions = [], mentionsAll } = found;
    const about = { room, message: id, seq };
    const place = this.#room(room).placeInThread(found);
    for (const user of mentions) {
      if (user === author || before.includes(user)) continue;
      this.log(inboxLog(user))?.append('inbox.mentioned', author, {
        ...{ ...about, by: author },
        ...(place ? { inThread: place } : {}),
      });
    }
    for (const user of before) {
      if (user === author || mentions.includes(user) || mentionsAll === 'room') continue;
      this.log(inboxLog(user))?.append('inbox.mention-removed', null, about);
    }
  }

  /** What `change` makes of a message, with what the inboxes hear of it. */
  #changed(id: MessageId, change: (room: FakeRoom) => unknown): void {
    const room = this.#roomOf(id);
    const before = room.message(id).mentions ?? [];
    change(room);
    this.#tellMentions(room.info.id, id, before);
  }

  #isMember(user: UserId, room: string): boolean {
    return this.rooms.get(room as RoomId)?.members.has(user) ?? false;
  }

  #addLog(log: FakeLog): void {
    this.#logs.set(log.id, log);
    log.onAppend = (event: LoggedEvent) => {
      for (const connection of this.connections) connection.tell(log, event);
    };
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    await Promise.resolve();
    if (!this.reachable) throw new TypeError('no network');
    if (this.silent) return new Promise(() => {});
    const { pathname, searchParams } = new URL(url);
    const method = init.method ?? 'GET';
    const path = pathname.replace('/api/v1', '');
    const token = new Headers(init.headers).get('authorization')?.slice('Bearer '.length) ?? '';
    if (path.startsWith('/uploads')) return this.files.answer(token as UserId, method, path, init);
    const frame = commandOf(method, path, { ...Object.fromEntries(searchParams), ...bodyOf(init) });
    try {
      return Response.json(this.run(token as UserId, frame.command, frame.params));
    } catch (error) {
      return Response.json({ error }, { status: 400 });
    }
  }
}

function bodyOf(init: RequestInit): Record<string, unknown> {
  return typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {};
}

/** The command behind a request, by the client's own table of routes. */
function commandOf(method: string, path: string, rest: Record<string, unknown>): Omit<CommandFrame, 'id'> {
  for (const [command, route] of Object.entries(routes)) {
    const [routeMethod, pattern] = route?.split(' ') ?? [];
    if (routeMethod !== method || pattern === undefined) continue;
    const match = new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (match === null) continue;
    const inPath = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    const numbers = Object.entries(rest).map(([name, value]) => [
      name,
      /^\d+$/.test(String(value)) ? Number(value) : value,
    ]);
    return { command, params: { ...Object.fromEntries(numbers), ...Object.fromEntries(inPath) } };
  }
  throw new Error(`no route for ${method} ${path}`);
}
