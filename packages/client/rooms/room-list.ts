import type { LoggedEvent, Membership, Position, RoomId, RoomInfo, RoomView, SpaceId, UserId } from '@confab/protocol';
import { parseLogId } from '@confab/protocol/ids.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import type { RoomState, Store } from '../api.ts';
import { Cell, Cells } from '../store.ts';

type EventOf<Name extends LoggedEvent['event']> = Extract<LoggedEvent, { event: Name }>;
type Change<Name extends LoggedEvent['event']> = (room: RoomView, event: EventOf<Name>) => RoomView;

const withInfo = (room: RoomView, info: Partial<RoomInfo>): RoomView => ({ ...room, info: { ...room.info, ...info } });
const withMembers = (room: RoomView, change: number): RoomView => ({ ...room, memberCount: room.memberCount + change });

/** What each event of a room's log changes about how the room looks from outside. */
const changes: { readonly [Name in LoggedEvent['event']]?: Change<Name> } = {
  'room.renamed': (room, { data }) => withInfo(room, { name: data.name }),
  'room.topic-set': (room, { data }) => withInfo(room, { topic: data.topic }),
  'room.archived': (room, { at }) => withInfo(room, { archivedAt: at }),
  'room.unarchived': (room) => withInfo(room, { archivedAt: null }),
  'room.member-joined': (room) => withMembers(room, 1),
  'room.member-left': (room) => withMembers(room, -1),
};

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** A room and the seq up to which the events of its log are in `info` and `memberCount`; its head may be further. */
interface Entry {
  readonly state: RoomState;
  readonly asOf: number;
}

/** The rooms one is in, and those one only looks into, as they stand. */
export class RoomList {
  /** Rooms one is a member of, by name, archived ones last. */
  readonly list = new Cell<readonly RoomState[]>([]);
  readonly #rooms = new Map<RoomId, Entry>();
  readonly #cells = new Cells<RoomId, RoomState | undefined>((room) => ofMember(this.get(room)));
  #planned = false;

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
    if (before === undefined) {
      this.#store(view, view.position.seq);
      return;
    }
    const newer = view.position.seq >= before.asOf;
    const base = newer ? view : before.state;
    const position = view.position.seq > before.state.position.seq ? view.position : before.state.position;
    const membership = mergedMembership(before.state.membership, view.membership, newer);
    this.#store({ ...base, position, membership }, Math.max(view.position.seq, before.asOf));
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
    const changed = change ? change(before.state, event) : before.state;
    this.#store(moved(changed, event, me), event.seq);
  }

  /** Where the room's log stands. */
  head(room: RoomId, position: Position): void {
    const before = this.#rooms.get(room);
    if (before === undefined || position.seq < before.state.position.seq) return;
    const { seq, count } = before.state.position;
    if (position.seq === seq && position.count === count) return;
    this.#store({ ...before.state, position }, before.asOf);
  }

  /** A read cursor moved, here or on another device; it never moves back. */
  read(room: RoomId, readSeq: number, readCount: number): void {
    const before = this.#rooms.get(room);
    if (before === undefined) return;
    const after = withRead(before.state, readSeq, readCount);
    if (after !== before.state) this.#store(after, before.asOf);
  }

  /** Members hear it from the room's own log. */
  #informed(info: RoomInfo): void {
    const before = this.#rooms.get(info.id);
    if (before?.state.membership === null) this.#store({ ...before.state, info }, before.asOf);
  }

  #store(view: RoomView, asOf: number): void {
    const { info, memberCount, position, membership } = view;
    const unread = membership === null ? 0 : Math.max(0, position.count - membership.readCount);
    const state: RoomState = { info, memberCount, position, membership, unread };
    this.#rooms.set(info.id, { state, asOf });
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

function moved(room: RoomView, event: LoggedEvent, me: UserId | null): RoomView {
  if (event.seq <= room.position.seq) return room;
  const posted = event.event === 'message.posted' && showsInRoom(event.data);
  const count = room.position.count + (posted ? 1 : 0);
  const after = { ...room, position: { epoch: event.epoch, seq: event.seq, count } };
  // Whoever posts has read what came before.
  return posted && event.by === me ? withRead(after, event.seq, count) : after;
}

function withRead<View extends RoomView>(room: View, readSeq: number, readCount: number): View {
  const { membership } = room;
  if (membership === null || readSeq < membership.readSeq) return room;
  if (readSeq === membership.readSeq && readCount === membership.readCount) return room;
  return { ...room, membership: { ...membership, readSeq, readCount } };
}

function mergedMembership(before: Membership | null, told: Membership | null, newer: boolean): Membership | null {
  if (told === null) return newer ? null : before;
  return before !== null && before.readSeq > told.readSeq ? before : told;
}
