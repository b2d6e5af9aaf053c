import type { Notify, Params, Result, RoomId, RoomView, SpaceId, UserId } from '@confab/protocol';
import type { RoomState, RoomsApi, Store, Timeline } from '../api.ts';
import type { Asker } from '../asker.ts';
import type { Timelines } from '../messages/timelines.ts';
import type { People } from '../people.ts';
import { setRoomPicture } from '../pictures/set-picture.ts';
import type { Typing } from '../typing.ts';
import type { ReadMarks } from './read-marks.ts';
import type { RoomList } from './room-list.ts';
import { roomTitle } from './room-title.ts';

interface RoomsParts {
  readonly asker: Asker;
  readonly rooms: RoomList;
  readonly marks: ReadMarks;
  readonly timelines: Timelines;
  readonly typing: Typing;
  readonly people: People;
  readonly accounts: { readonly me: UserId | null };
  /** One is a member of this room now: follow it. */
  joined(view: RoomView): void;
  left(room: RoomId): void;
}

/** What one does with rooms. What comes of it is heard on the logs like everything else; joining shows at once. */
export class Rooms implements RoomsApi {
  readonly list: Store<readonly RoomState[]>;
  readonly #parts: RoomsParts;

  constructor(parts: RoomsParts) {
    this.#parts = parts;
    this.list = parts.rooms.list;
  }

  room(room: RoomId): Store<RoomState | undefined> {
    return this.#parts.rooms.store(room);
  }

  titleOf(room: RoomId): string {
    const { rooms, people, accounts } = this.#parts;
    const info = rooms.get(room)?.info;
    if (info === undefined) return '';
    return roomTitle(info, accounts.me, (user) => people.known.get().get(user)?.name);
  }

  async create(space: SpaceId, input: Omit<Params<'room.create'>, 'space'>): Promise<RoomView> {
    return this.#joined(await this.#parts.asker.call('room.create', { ...input, space }));
  }

  async browse(space: SpaceId, archived = false): Promise<RoomView[]> {
    return (await this.#parts.asker.call('room.browse', { space, archived })).rooms;
  }

  async join(room: RoomId): Promise<RoomView> {
    return this.#joined(await this.#parts.asker.call('room.join', { room }));
  }

  async leave(room: RoomId): Promise<void> {
    await this.#parts.asker.call('room.leave', { room });
    this.#parts.left(room);
  }

  async invite(room: RoomId, user: UserId): Promise<void> {
    await this.#parts.asker.call('room.invite', { room, user });
  }

  async removeMember(room: RoomId, user: UserId): Promise<void> {
    await this.#parts.asker.call('room.remove-member', { room, user });
  }

  async members(room: RoomId, after?: UserId, text?: string): Promise<Result<'room.members'>> {
    const named = text === undefined ? {} : { text };
    const from = after === undefined ? {} : { after };
    const page = await this.#parts.asker.call('room.members', { room, ...from, ...named });
    this.#parts.people.learn(page.members.map(({ person }) => person));
    return page;
  }

  async rename(room: RoomId, name: string): Promise<void> {
    await this.#parts.asker.call('room.rename', { room, name });
  }

  async setDescription(room: RoomId, description: string): Promise<void> {
    await this.#parts.asker.call('room.set-description', { room, description });
  }

  async setPicture(room: RoomId, picture: Blob | null): Promise<void> {
    await setRoomPicture(this.#parts.asker, room, picture);
  }

  async setTopic(room: RoomId, topic: string): Promise<void> {
    await this.#parts.asker.call('room.set-topic', { room, topic });
  }

  async archive(room: RoomId): Promise<void> {
    await this.#parts.asker.call('room.archive', { room });
  }

  async unarchive(room: RoomId): Promise<void> {
    await this.#parts.asker.call('room.unarchive', { room });
  }

  markRead(room: RoomId, seq?: number): void {
    const { marks, rooms, timelines } = this.#parts;
    marks.mark(room, seq, (upTo) => {
      const view = rooms.get(room);
      const counted = timelines.find(room)?.countAt(upTo, view?.position.count ?? 0);
      return counted ?? view?.membership?.readCount ?? 0;
    });
  }

  async markUnread(room: RoomId, seq: number): Promise<void> {
    const { asker, rooms } = this.#parts;
    rooms.read(room, await asker.call('room.mark-unread', { room, seq }));
  }

  async setNotifications(room: RoomId, notify: Notify, mutedUntil: number | null): Promise<void> {
    await this.#parts.asker.call('room.set-notifications', { room, notify, mutedUntil });
  }

  timeline(room: RoomId): Timeline {
    return this.#parts.timelines.of(room);
  }

  typing(room: RoomId): Store<readonly UserId[]> {
    return this.#parts.typing.store(room);
  }

  setTyping(room: RoomId, typing: boolean): void {
    this.#parts.typing.set(room, typing);
  }

  #joined({ room }: { room: RoomView }): RoomView {
    this.#parts.joined(room);
    return room;
  }
}
