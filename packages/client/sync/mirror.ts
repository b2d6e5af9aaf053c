import type {
  Home,
  LoggedEvent,
  LogId,
  Position,
  RoomId,
  RoomView,
  SpaceId,
  SpaceView,
  UserId,
} from '@confab/protocol';
import { inboxLog, parseLogId, roomLog, spaceLog } from '@confab/protocol/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Asker } from '../asker.ts';
import type { Blocks } from '../blocks/blocks.ts';
import { wireOf } from '../confab-error.ts';
import type { CustomEmojis } from '../custom-emoji/custom-emoji.ts';
import type { Kept } from '../kept.ts';
import type { Timelines } from '../messages/timelines.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { People } from '../people.ts';
import type { PeopleGroups } from '../people-groups/people-groups.ts';
import type { Pins } from '../pins/pins.ts';
import type { Polls } from '../polls/polls.ts';
import type { DeliveryMarks } from '../receipts/delivery-marks.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { RoomList } from '../rooms/room-list.ts';
import type { PersonSettings } from '../settings/settings.ts';
import type { SpaceList } from '../spaces/space-list.ts';
import { guarded } from '../store.ts';
import type { FollowedThreads } from '../threads/followed-threads.ts';
import type { Typing } from '../typing.ts';
import type { Level, LogHandlers } from './followed-log.ts';
import { Listening } from './listening.ts';

export interface MirrorParts {
  readonly asker: Asker;
  readonly accounts: Accounts;
  readonly settings: PersonSettings;
  readonly receipts: Receipts;
  readonly delivery: DeliveryMarks;
  readonly pins: Pins;
  readonly polls: Polls;
  readonly blocks: Blocks;
  readonly moderation: Moderation;
  readonly spaces: SpaceList;
  readonly rooms: RoomList;
  readonly people: People;
  readonly emoji: CustomEmojis;
  readonly groups: PeopleGroups;
  readonly kept: Kept;
  readonly timelines: Timelines;
  readonly threads: FollowedThreads;
  readonly typing: Typing;
  /** Rooms that one is in are live though their timeline is not open. */
  readonly hearsAllRooms: boolean;
  later(task: () => void): void;
}

/**
 * Keeps what this device shows in step with the server's logs: begins with a snapshot ([L8]), follows the inbox, the
 * spaces and the rooms from there, and hands each event to everyone whom it concerns.
 */
export class Mirror {
  readonly listening: Listening;
  readonly #parts: MirrorParts;
  readonly #listeners = new Set<(event: LoggedEvent) => void>();
  #me: UserId | null = null;
  #rereading = false;

  constructor(parts: MirrorParts) {
    this.#parts = parts;
    const { asker, later } = parts;
    this.listening = new Listening(this.#handlers(), {
      listen: (logs, answered, failed) =>
        asker.inOrder('log.listen', { logs }, { resolve: (answer) => answered(answer.logs), reject: failed }),
      unlisten: (logs) => asker.tell('log.unlisten', { logs }),
      later,
    });
  }

  onEvent(listener: (event: LoggedEvent) => void): () => void {
    const entry = (event: LoggedEvent) => listener(event);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** A snapshot of everything: what is followed already goes on from its own place. */
  entered(home: Home): void {
    const { rooms, spaces, people, blocks, settings, threads } = this.#parts;
    this.#me = home.me.id;
    if (this.#rereading) {
      this.listening.clear();
      rooms.clear();
      spaces.clear();
    }
    settings.entered(home);
    blocks.entered(home);
    this.#parts.moderation.entered(home);
    threads.entered(home);
    this.#parts.kept.entered(home);
    people.learn([home.me, ...home.people]);
    for (const space of spaces.replace(home.spaces)) this.listening.unfollow(spaceLog(space));
    for (const room of rooms.replace(home.rooms)) this.listening.unfollow(roomLog(room));
    this.listening.follow(inboxLog(home.me.id), 'live', home.inbox);
    for (const space of home.spaces) this.#followSpace(space);
    for (const room of home.rooms) {
      people.want(room.info.people ?? []);
      this.#followRoom(room);
    }
    const { timelines } = this.#parts;
    if (this.#rereading) timelines.reset('reload');
    this.#rereading = false;
    for (const room of timelines.open()) {
      this.opened(room);
      for (const timeline of timelines.in(room)) timeline.entered();
    }
  }

  /** Nobody is signed in: nothing of this person may be seen any more. */
  left(): void {
    this.#me = null;
    this.#rereading = false;
    this.listening.clear();
    this.#parts.rooms.clear();
    this.#parts.groups.clear();
    this.#parts.emoji.clear();
    this.#parts.spaces.clear();
    this.#parts.settings.left();
    this.#parts.blocks.left();
    this.#parts.moderation.left();
    this.#parts.threads.left();
    this.#parts.kept.left();
    this.#parts.timelines.reset('left');
  }

  joinedRoom(view: RoomView): void {
    this.#parts.rooms.put(view);
    this.#parts.people.want(view.info.people ?? []);
    this.#followRoom(view);
  }

  joinedSpace(space: SpaceView): void {
    this.#parts.spaces.put(space);
    this.#followSpace(space);
  }

  leftRoom(room: RoomId): void {
    this.#parts.rooms.remove(room);
    this.listening.unfollow(roomLog(room));
    this.#lost(room);
  }

  /** The seq up to which events of the room have come here while it was live; 0 when it is not. */
  followedTo(room: RoomId): number {
    const followed = this.listening.find(roomLog(room));
    return followed?.live === true ? followed.seq : 0;
  }

  /** The room came on screen. */
  opened(room: RoomId): void {
    const log = roomLog(room);
    if (this.listening.find(log) !== undefined) this.listening.setLevel(log, 'live');
    else if (this.#me !== null) void this.#look(room);
  }

  /** The room left the screen. A room that one only looked into is not followed further. */
  closed(room: RoomId): void {
    if (this.#parts.rooms.get(room)?.membership) this.listening.setLevel(roomLog(room), this.#levelUnseen());
    else this.listening.unfollow(roomLog(room));
  }

  /** Reads everything anew: a log's history is not the one that we knew. */
  rewritten(): void {
    if (this.#rereading || this.#me === null) return;
    this.#rereading = true;
    // In a moment, so that a server that keeps saying so is not asked without end.
    this.#parts.later(() => {
      if (this.#rereading) this.#parts.accounts.load();
    });
  }

  #handlers(): LogHandlers {
    const { asker, rooms, timelines, later } = this.#parts;
    return {
      apply: (event) => this.#apply(event),
      head: (log, position) => this.#head(log, position),
      caughtUp: (log, seq) => {
        const { kind, id } = parseLogId(log);
        if (kind === 'room') for (const timeline of timelines.in(id as RoomId)) timeline.caughtUp(seq);
      },
      skipped: (log) => {
        asker.call('room.show', { room: parseLogId(log).id as RoomId }).then(
          ({ room }) => rooms.put(room),
          () => {},
        );
      },
      rewritten: () => this.rewritten(),
      closed: (log) => this.logClosed(log),
      read: (log, after) => asker.call('log.read', { log, after }),
      later,
    };
  }

  /** The server tells nothing more of this log, because one may not see it. */
  logClosed(log: LogId): void {
    // Sent before we asked anew: one was taken out and is back.
    if (this.listening.find(log)?.asked) return;
    this.listening.drop(log);
    const { kind, id } = parseLogId(log);
    if (kind === 'room') this.#lost(id as RoomId);
  }

  #head(log: LogId, position: Position): void {
    const { kind, id } = parseLogId(log);
    if (kind !== 'room') return;
    this.#parts.rooms.head(id as RoomId, position);
    this.#parts.delivery.reached([id as RoomId]);
  }

  #apply(event: LoggedEvent): void {
    const { accounts, blocks, settings, spaces, rooms, people, threads, typing } = this.#parts;
    accounts.apply(event);
    settings.apply(event);
    blocks.apply(event);
    this.#parts.moderation.apply(event);
    threads.apply(event);
    spaces.apply(event, this.#me);
    rooms.apply(event, this.#me);
    people.apply(event);
    this.#parts.groups.apply(event);
    this.#parts.emoji.apply(event);
    this.#parts.kept.apply(event);
    this.#parts.polls.apply(event);
    this.#applyInbox(event);
    const { kind, id } = parseLogId(event.log);
    if (kind === 'room') {
      if (event.event === 'message.posted' && event.by !== null) typing.stopped(id as RoomId, event.by);
      this.#applyToRoom(id as RoomId, event);
    }
    for (const listener of [...this.#listeners]) guarded(() => listener(event));
  }

  #applyToRoom(room: RoomId, event: LoggedEvent): void {
    const { timelines, receipts, pins, delivery } = this.#parts;
    timelines.heard(room, event);
    receipts.apply(event);
    pins.apply(event);
    if (event.event === 'message.posted') delivery.reached([room]);
  }

  #applyInbox(event: LoggedEvent): void {
    const { rooms, spaces } = this.#parts;
    if (event.event === 'inbox.room-added') this.joinedRoom(event.data.room);
    else if (event.event === 'inbox.room-removed') this.leftRoom(event.data.room);
    else if (event.event === 'inbox.space-added') this.joinedSpace(event.data.space);
    else if (event.event === 'inbox.space-removed') this.#leftSpace(event.data.space);
    else if (event.event === 'inbox.read') rooms.read(event.data.room, event.data);
    else if (event.event === 'inbox.membership-changed') rooms.membership(event.data.room, event.data);
    else if (event.event === 'inbox.mentioned') rooms.mentioned(event.data);
    else if (event.event === 'inbox.mention-removed') rooms.mentionRemoved(event.data.room, event.data.seq);
    else if (event.event === 'inbox.role-set') {
      const space = spaces.get(event.data.space);
      if (event.data.role === 'guest') this.listening.unfollow(spaceLog(event.data.space));
      else if (space !== undefined) this.listening.follow(spaceLog(space.id), 'live', space.position);
    }
  }

  #leftSpace(space: SpaceId): void {
    this.#parts.spaces.remove(space);
    this.listening.unfollow(spaceLog(space));
    for (const room of this.#parts.rooms.removeSpace(space)) this.leftRoom(room);
  }

  #followSpace(space: SpaceView): void {
    if (space.position !== null) this.listening.follow(spaceLog(space.id), 'live', space.position);
  }

  #followRoom(view: RoomView): void {
    const showing = this.#parts.timelines.showing(view.info.id);
    if (showing || view.membership !== null) {
      this.listening.follow(roomLog(view.info.id), showing ? 'live' : this.#levelUnseen(), view.position);
    }
  }

  /** The level of a room that one is in and that is not on screen. */
  #levelUnseen(): Level {
    return this.#parts.hearsAllRooms ? 'live' : 'passive';
  }

  /** One is no longer told of this room. A public one may still be looked into; of others nothing is kept. */
  #lost(room: RoomId): void {
    const { timelines } = this.#parts;
    if (timelines.showing(room)) void this.#look(room);
    else for (const timeline of timelines.in(room)) timeline.reset('reload');
  }

  /** Looks into a room that is not followed, while it is on screen. */
  async #look(room: RoomId): Promise<void> {
    const { asker, rooms, timelines, later } = this.#parts;
    try {
      const { room: view } = await asker.call('room.show', { room });
      if (!timelines.showing(room) || this.#me === null) return;
      rooms.put(view);
      this.#followRoom(view);
    } catch (error) {
      const wire = wireOf(error);
      if (wire?.retry === 'never') for (const timeline of timelines.in(room)) timeline.reset('gone');
      else if (asker.online) later(() => this.opened(room));
    }
  }
}
