import type {
  LoggedEvent,
  Membership,
  MessageId,
  Position,
  ReadCursor,
  RoomId,
  RoomInfo,
  RoomView,
  SpaceId,
  UserId,
} from '@confab/protocol';
import { parseLogId } from '@confab/protocol/ids.ts';
import {
  type RoomChange,
  roomChangesOf,
  type Standing,
  threadMentionsOf,
  withCursor,
  withMembership,
  withMention,
  withoutMention,
  withRoomChange,
  withThreadMention,
  withThreadMentions,
  withThreadRead,
} from '@confab/protocol/membership-fold.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import { withPicture } from '@confab/protocol/picture-fold.ts';
import { withRules } from '@confab/protocol/room-rules-fold.ts';
import type { RoomState, Store } from '../api.ts';
import { bounds } from '../bounds.ts';
import { Cell, Cells } from '../store.ts';

type EventOf<Name extends LoggedEvent['event']> = Extract<LoggedEvent, { event: Name }>;
type Change<Name extends LoggedEvent['event']> = (room: RoomView, event: EventOf<Name>) => RoomView;

const withInfo = (room: RoomView, info: Partial<RoomInfo>): RoomView => ({ ...room, info: { ...room.info, ...info } });
const withMembers = (room: RoomView, change: number): RoomView => ({ ...room, memberCount: room.memberCount + change });

function withReceipts(room: RoomView, receipts: 'on' | 'off'): RoomView {
  const { receipts: _, ...info } = room.info;
  return { ...room, info: receipts === 'off' ? { ...info, receipts } : info };
}

function withDescription(room: RoomView, description: string): RoomView {
  const { description: _, ...info } = room.info;
  return { ...room, info: description === '' ? info : { ...info, description } };
}

/** Only of directs and groups it is told who is in them. */
function withPeople(room: RoomView, change: (people: readonly UserId[]) => UserId[]): RoomView {
  const { people } = room.info;
  return people === undefined ? room : withInfo(room, { people: change(people) });
}

/** What each event of a room's log changes about how the room looks from outside. */
const changes: { readonly [Name in LoggedEvent['event']]?: Change<Name> } = {
  'room.renamed': (room, { data }) => withInfo(room, { name: data.name }),
  'room.topic-set': (room, { data }) => withInfo(room, { topic: data.topic }),
  'room.description-set': (room, { data }) => withDescription(room, data.description),
  'room.picture-set': (room, { data }) => ({ ...room, info: withPicture(room.info, data.picture) }),
  'room.receipts-set': (room, { data }) => withReceipts(room, data.receipts),
  'room.rules-set': (room, { data }) => ({ ...room, info: withRules(room.info, data) }),
  'room.archived': (room, { at }) => withInfo(room, { archivedAt: at }),
  'room.unarchived': (room) => withInfo(room, { archivedAt: null }),
  'room.member-joined': (room, { data }) =>
    withPeople(withMembers(room, 1), (people) => [...people, data.person.id].sort()),
  'room.member-left': (room, { data }) =>
    withPeople(withMembers(room, -1), (people) => people.filter((user) => user !== data.user)),
};

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

interface Entry {
  readonly state: RoomState;
  /** The seq up to which the events of its log are in `info` and `memberCount`; its head may be further. */
  readonly asOf: number;
  /** The seq that the membership's counts are of. */
  readonly atSeq: number;
  /** What the log told lately that changes the counts: a cursor may be told that was counted before it. */
  readonly changes: readonly RoomChange[];
}

interface RoomListLine {
  /** A read cursor was moved back by hand, on whichever device. */
  rewound(room: RoomId, readSeq: number): void;
  isBlocked(user: UserId): boolean;
}

/** The rooms one is in, and those one only looks into, as they stand. */
export class RoomList {
  /** Rooms one is a member of, by name, archived ones last. */
  readonly list = new Cell<readonly RoomState[]>([]);
  readonly #rooms = new Map<RoomId, Entry>();
  readonly #cells = new Cells<RoomId, RoomState | undefined>((room) => ofMember(this.get(room)));
  readonly #line: RoomListLine;
  #planned = false;

  constructor(line: RoomListLine) {
    this.#line = line;
  }

  /** A room one is in; `undefined` for any other. */
  store(room: RoomId): Store<RoomState | undefined> {
    return this.#cells.cell(room);
  }

  get(room: RoomId): RoomState | undefined {
    return this.#rooms.get(room)?.state;
  }

  all(): RoomState[] {
    return [...this.#rooms.values()].map(({ state }) => state);
  }

  /** All rooms one is in, from one snapshot; answers with those that are none any more. */
  replace(views: readonly RoomView[]): RoomId[] {
    const gone = new Set(this.#rooms.keys());
    for (const view of views) {
      gone.delete(view.info.id);
      this.put(view);
    }
    for (const room of gone) this.#drop(room);
    this.#list();
    return [...gone];
  }

  clear(): void {
    for (const room of [...this.#rooms.keys()]) this.#drop(room);
    this.#list();
  }

  /** One room as an answer shows it; what was heard later than the answer's position stays. */
  put(view: RoomView): void {
    const before = this.#rooms.get(view.info.id);
    const { seq } = view.position;
    if (before === undefined) {
      this.#store(view, { asOf: seq, atSeq: seq, changes: [] });
      return;
    }
    const newer = seq >= before.asOf;
    const base = newer ? view : before.state;
    const position = seq > before.state.position.seq ? view.position : before.state.position;
    const { membership, atSeq } = merged(before, view, newer);
    this.#store({ ...base, position, membership }, { ...before, asOf: Math.max(seq, before.asOf), atSeq });
  }

  remove(room: RoomId): void {
    this.#drop(room);
    this.#plan();
  }

  removeSpace(space: SpaceId): RoomId[] {
    const rooms = this.all().filter(({ info }) => info.space === space);
    for (const { info } of rooms) this.#drop(info.id);
    this.#plan();
    return rooms.map(({ info }) => info.id);
  }

  /** A logged event of a room, or a space's word about one of its public rooms. */
  apply(event: LoggedEvent, me: UserId | null): void {
    if (event.event === 'space.room-changed') {
      this.#informed(event.data.room);
      return;
    }
    const { kind, id } = parseLogId(event.log);
    const before = kind === 'room' ? this.#rooms.get(id as RoomId) : undefined;
    if (before === undefined || event.seq <= before.asOf) return;
    const change = changes[event.event] as Change<LoggedEvent['event']> | undefined;
    const changed = moved(change ? change(before.state, event) : before.state, event);
    const gapless = event.seq === before.state.position.seq + 1;
    // Whom one blocks does not call one.
    const isHeard = ({ kind }: RoomChange) => kind !== 'called' || event.by === null || !this.#line.isBlocked(event.by);
    const told = roomChangesOf(event, me, gapless ? changed.position : null).filter(isHeard);
    const { membership, atSeq } = told.reduce(afterChange, { membership: changed.membership, atSeq: before.atSeq });
    const kept = told.length === 0 ? before.changes : [...before.changes, ...told].slice(-bounds.keptChanges);
    this.#store({ ...changed, membership }, { asOf: event.seq, atSeq, changes: kept });
  }

  /** Where the room's log stands. */
  head(room: RoomId, position: Position): void {
    const before = this.#rooms.get(room);
    if (before === undefined || position.seq < before.state.position.seq) return;
    const { seq, count } = before.state.position;
    if (position.seq === seq && position.count === count) return;
    this.#store({ ...before.state, position }, before);
  }

  /** A read cursor was told, in whichever order. */
  read(room: RoomId, cursor: ReadCursor): void {
    this.#stand(room, (standing, changes) => withCursor(standing, cursor, changes));
  }

  /** The inbox says what one's membership is now. */
  membership(room: RoomId, told: Standing): void {
    this.#stand(room, (standing, changes) => withMembership(standing, told, changes));
  }

  /** A message mentions one, or does so no more. */
  mentioned({ room, seq, inThread }: EventOf<'inbox.mentioned'>['data']): void {
    this.#stand(room, ({ membership, atSeq }, changes) => {
      const isGone = changes.some((change) => change.kind === 'deleted' && change.postedSeq === seq);
      if (isGone) return { membership: withoutMention(membership, seq), atSeq };
      const after = inThread
        ? withThreadMention(membership, { seq, thread: inThread.thread, index: inThread.index })
        : withMention(membership, seq);
      return { membership: after, atSeq };
    });
  }

  mentionRemoved(room: RoomId, seq: number): void {
    this.#stand(room, ({ membership, atSeq }) => ({ membership: withoutMention(membership, seq), atSeq }));
  }

  /** One has read a thread up to its reply number `index`. Whether something in it had mentioned one. */
  threadRead(room: RoomId, thread: MessageId, index: number): boolean {
    const before = this.get(room)?.membership;
    this.#stand(room, ({ membership, atSeq }) => ({ membership: withThreadRead(membership, thread, index), atSeq }));
    return this.get(room)?.membership !== before;
  }

  #stand(room: RoomId, change: (standing: Standing, changes: readonly RoomChange[]) => Standing): void {
    const before = this.#rooms.get(room);
    const membership = before?.state.membership;
    if (before === undefined || !membership) return;
    const after = change({ membership, atSeq: before.atSeq }, before.changes);
    if (after.membership === membership && after.atSeq === before.atSeq) return;
    this.#store({ ...before.state, membership: after.membership }, { ...before, atSeq: after.atSeq });
  }

  /** Members hear it from the room's own log. */
  #informed(info: RoomInfo): void {
    const before = this.#rooms.get(info.id);
    if (before?.state.membership === null) this.#store({ ...before.state, info }, before);
  }

  #store(view: RoomView, { asOf, atSeq, changes }: Omit<Entry, 'state'>): void {
    const { info, memberCount, position, membership } = view;
    const unread = membership === null ? 0 : Math.max(0, position.count - membership.readCount);
    const mentions = membership === null ? 0 : membership.mentions.length + threadMentionsOf(membership).length;
    const closed = membership?.closedCount !== undefined && position.count <= membership.closedCount;
    const state: RoomState = { info, memberCount, position, membership, unread, mentions, closed };
    const before = this.#rooms.get(info.id)?.state.membership;
    this.#rooms.set(info.id, { state, asOf, atSeq, changes });
    if (before && membership && membership.rewinds > before.rewinds) this.#line.rewound(info.id, membership.readSeq);
    this.#cells.set(info.id, ofMember(state));
    this.#plan();
  }

  #drop(room: RoomId): void {
    this.#rooms.delete(room);
    this.#cells.set(room, undefined);
  }

  /** A page of events changes a room hundreds of times; the list is put in order once. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#list();
    });
  }

  #list(): void {
    const rooms = this.all().filter(({ membership }) => membership !== null);
    rooms.sort(
      (a, b) =>
        Number(a.info.archivedAt !== null) - Number(b.info.archivedAt !== null) ||
        byName.compare(a.info.name, b.info.name),
    );
    const before = this.list.get();
    if (rooms.length !== before.length || rooms.some((room, index) => room !== before[index])) this.list.set(rooms);
  }
}

function ofMember(room: RoomState | undefined): RoomState | undefined {
  return room === undefined || room.membership === null ? undefined : room;
}

function moved(room: RoomView, event: LoggedEvent): RoomView {
  if (event.seq <= room.position.seq) return room;
  const posted = event.event === 'message.posted' && showsInRoom(event.data);
  const count = room.position.count + (posted ? 1 : 0);
  return { ...room, position: { epoch: event.epoch, seq: event.seq, count } };
}

interface Place {
  readonly membership: Membership | null;
  readonly atSeq: number;
}

function afterChange({ membership, atSeq }: Place, change: RoomChange): Place {
  return membership === null ? { membership, atSeq } : withRoomChange({ membership, atSeq }, change);
}

/** What one's membership is after an answer showed the room. What the inbox told of mentions meanwhile stays. */
function merged({ state, atSeq, changes: heard }: Entry, view: RoomView, newer: boolean): Place {
  const before = state.membership;
  const { seq } = view.position;
  if (view.membership === null) return newer ? { membership: null, atSeq: seq } : { membership: before, atSeq };
  const told = { membership: view.membership, atSeq: seq };
  if (before === null || before.joinedAt < told.membership.joinedAt) return told;
  const after = withMembership({ membership: before, atSeq }, told, heard);
  const isGone = (mention: number) => heard.some((each) => each.kind === 'deleted' && each.postedSeq === mention);
  const mentions = before.mentions.filter((mention) => !isGone(mention));
  const membership = mentions.reduce(withMention, after.membership);
  // What is unread in threads only the inbox tells, and it is heard without gaps.
  const inThreads = threadMentionsOf(before).filter((mention) => !isGone(mention.seq));
  return { membership: withThreadMentions(membership, inThreads), atSeq: after.atSeq };
}
