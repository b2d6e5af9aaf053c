import type { EventFrame, Home, RoomId } from '@confab/protocol';
import type { FollowedRooms } from '../../session/index.ts';
import type { ResumePoint } from './resume-point.ts';

export type Space = Home['spaces'][number];

/** Which rooms one socket is told of: those of its namespace's space, or those that it named, with what it joined and left. */
export class RoomChoice {
  /** The namespace's space; `undefined` in `/`. */
  private readonly space: Space | undefined;
  private readonly rooms: FollowedRooms['rooms'];
  /** `null`: all. */
  private readonly named: Set<RoomId> | null;
  private readonly left = new Set<RoomId>();

  constructor(rooms: FollowedRooms['rooms'], space: Space | undefined, named: readonly RoomId[] | undefined) {
    this.rooms = rooms;
    this.space = space;
    this.named = named === undefined ? null : new Set(named);
  }

  has(room: RoomId): boolean {
    return this.isHere(room) && !this.left.has(room) && (this.named?.has(room) ?? true);
  }

  join(room: RoomId): void {
    this.left.delete(room);
    this.named?.add(room);
  }

  leave(room: RoomId): void {
    this.named?.delete(room);
    if (this.named === null) this.left.add(room);
  }

  /** Chooses as an earlier connection had in the end: `from` has what it followed. */
  restore({ from, left }: Pick<ResumePoint, 'from' | 'left'>): void {
    for (const room of left) this.leave(room);
    for (const log of from.keys()) if (log.startsWith('room:')) this.named?.add(log.slice('room:'.length) as RoomId);
  }

  /** Whether a room of the person's belongs to the namespace. */
  isHere(room: RoomId): boolean {
    const known = this.rooms.get(room);
    return known !== undefined && (this.space === undefined || known.info.space === this.space.id);
  }
}

/** The space that a namespace's name means: by id or by a name that only one has. `null` for none that is the person's. */
export function spaceOf(namespace: string, spaces: readonly Space[]): Space | null | undefined {
  if (namespace === '/') return undefined;
  const wanted = decoded(namespace.slice(1)).toLowerCase();
  const byId = spaces.find(({ id }) => id === wanted);
  const named = spaces.filter(({ name }) => name.toLowerCase() === wanted);
  return byId ?? (named.length === 1 ? (named[0] as Space) : null);
}

/** A browser writes a name with a space or an umlaut in percent signs. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The room that a client means in its namespace: there the same name may stand in another space too. */
export function roomOf(
  text: string,
  rooms: FollowedRooms,
  choice: RoomChoice,
  space: Space | undefined,
): RoomId | undefined {
  const room = (space && rooms.resolve(`${space.name}/${text}`)) ?? rooms.resolve(text);
  return room !== undefined && choice.isHere(room) ? room : undefined;
}

/** Whether an event of the inbox is about this space, or about the person as such. Pure. */
export function concernsSpace(
  { data }: EventFrame,
  space: Space,
  rooms: Pick<FollowedRooms, 'home' | 'rooms'>,
): boolean {
  const about = data as { room?: RoomId | { info: { space: string } }; space?: string | { id: string } };
  if (typeof about.room === 'string') {
    const known = rooms.rooms.get(about.room) ?? rooms.home.rooms.find(({ info }) => info.id === about.room);
    return known === undefined || known.info.space === space.id;
  }
  if (about.room !== undefined) return about.room.info.space === space.id;
  if (typeof about.space === 'string') return about.space === space.id;
  return about.space === undefined || about.space.id === space.id;
}
