import type { Home, RoomId, RoomView, SpaceId, SpaceView, UserId, WireError } from '@confab/protocol';
import { roomNamed } from '../../session/index.ts';
import type { AskAs } from './session/session-store.ts';

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The names of what a person has, so that topics can hold names instead of ids. */
export class Directory {
  /** As it was when the session first asked; later rooms come from the inbox. */
  readonly home: Home;
  /** The person's rooms. */
  readonly rooms: Map<RoomId, RoomView>;
  readonly spaces: Map<SpaceId, SpaceView>;
  private readonly ask: AskAs;

  private constructor(ask: AskAs, home: Home) {
    this.ask = ask;
    this.home = home;
    this.rooms = new Map(home.rooms.map((room) => [room.info.id, room]));
    this.spaces = new Map(home.spaces.map((space) => [space.id, space]));
  }

  static async load(ask: AskAs): Promise<{ directory: Directory } | { error: WireError }> {
    const outcome = await ask('account.home', {});
    return 'error' in outcome ? outcome : { directory: new Directory(ask, outcome.result) };
  }

  /** The room with this id, theirs or not: that is not decided here. Or the one of theirs that `roomNamed` finds. */
  async room(text: string): Promise<RoomId | undefined> {
    if (idForm.test(text)) return text as RoomId;
    return this.roomNamed(text) ?? ((await this.refresh()) ? this.roomNamed(text) : undefined);
  }

  person(text: string): UserId | undefined {
    if (idForm.test(text)) return text as UserId;
    const handle = text.toLowerCase();
    if (handle === 'me') return this.home.me.id;
    return this.home.people.find((person) => person.handle === handle)?.id;
  }

  space(text: string): SpaceId | undefined {
    if (idForm.test(text)) return text as SpaceId;
    const named = [...this.spaces.values()].filter(({ name }) => name.toLowerCase() === text.toLowerCase());
    return named.length === 1 ? named[0]?.id : undefined;
  }

  renamed(room: RoomId, name: string): void {
    const known = this.rooms.get(room);
    if (known) this.rooms.set(room, { ...known, info: { ...known.info, name } });
  }

  private roomNamed(text: string): RoomId | undefined {
    return roomNamed(this.rooms.values(), [...this.spaces.values()], text);
  }

  /** Names change: before a room is not there, it is looked for anew. */
  private async refresh(): Promise<boolean> {
    const outcome = await this.ask('account.home', {});
    if ('error' in outcome) return false;
    this.rooms.clear();
    for (const room of outcome.result.rooms) this.rooms.set(room.info.id, room);
    return true;
  }
}
