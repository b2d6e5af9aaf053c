import { limits, type RoomId, type UserId } from '@confab/protocol';
import type { BroughtMember, BroughtRoom, Importing, SpaceToFill } from '@confab/server';
import type { ExportRoom } from './export-model.ts';
import { numbered } from './handles.ts';
import type { PeoplePlan } from './plan-people.ts';
import type { Staging } from './staging.ts';

/** Up to where a room was brought by an earlier run. */
type Mark = { readonly at: number; readonly key: string };

export interface PlannedRoom {
  readonly room: ExportRoom;
  readonly brought: BroughtRoom;
  /** Of a channel; everybody in a direct or group stands in it. */
  readonly members: readonly BroughtMember[];
  readonly mark: Mark | null;
  /** What it is called in the report. */
  readonly title: string;
}

export interface RoomPlanParts {
  readonly importing: Importing;
  readonly source: string;
  /** `Slack`, `Mattermost`: names what could not keep its name. */
  readonly program: string;
  readonly space: SpaceToFill;
  readonly people: PeoplePlan;
  readonly staging: Staging;
  readonly now: number;
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase();

function nameFrom(name: string): string {
  const plain = name.normalize('NFC').replace(/[^\p{L}\p{N}\p{M}_-]+/gu, '-');
  return plain.replace(/^-+|-+$/g, '').slice(0, limits.roomNameChars) || 'room';
}

/** Names of public rooms are each once in a space. */
class RoomNames {
  readonly #taken: Set<string>;
  readonly #program: string;

  constructor(taken: readonly string[], program: string) {
    this.#taken = new Set(taken);
    this.#program = program.toLowerCase();
  }

  free(wanted: string): string {
    const base = nameFrom(wanted);
    let name = base;
    if (this.#taken.has(folded(name)))
      name = `${base.slice(0, limits.roomNameChars - this.#program.length - 1)}-${this.#program}`;
    for (let number = 2; this.#taken.has(folded(name)); number += 1)
      name = numbered(base, number, limits.roomNameChars);
    this.#taken.add(folded(name));
    return name;
  }
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

function usersOf(room: ExportRoom, people: PeoplePlan): UserId[] {
  const users = room.members.flatMap((key) => people.byKey.get(key)?.user ?? []);
  return [...new Set(users)].sort();
}

/** Members whom the room can have: people of the space. */
function membersOf(room: ExportRoom, people: PeoplePlan): BroughtMember[] {
  const members = new Map<UserId, BroughtMember>();
  for (const key of room.members) {
    const planned = people.byKey.get(key);
    if (!planned || planned.person.kind === 'bot' || planned.person.disabled) continue;
    members.set(planned.user, { user: planned.user, role: planned.person.guest ? 'guest' : 'member' });
  }
  return [...members.values()];
}

function placeOf(room: ExportRoom, users: readonly UserId[], isTaken: boolean, program: string) {
  if (users.length > limits.peoplePerGroup) {
    return { kind: 'channel', name: nameFrom(`${program}-group-${room.key}`) } as const;
  }
  // Two people have one direct: what they said elsewhere stands beside what they have said here.
  const kind = users.length > 2 || isTaken ? 'group' : 'direct';
  return { kind, name: isTaken ? `${program}` : '', people: users } as const;
}

function titleOf(room: ExportRoom, people: PeoplePlan): string {
  if (room.kind === 'channel') return `#${room.name}`;
  return room.members.map((key) => `@${people.byKey.get(key)?.handle ?? key}`).join(' ');
}

/** How the rooms of an export are to be here; those of an earlier run keep what they are called here by now. */
export async function planRooms(parts: RoomPlanParts, rooms: Iterable<ExportRoom>): Promise<PlannedRoom[]> {
  const { importing, source, program, space, people, staging, now } = parts;
  const { desk, movedId } = importing;
  const known = new Map((await desk.knownRooms(source)).map((each) => [each.key, each]));
  const names = new RoomNames(await desk.takenNames(space.id), program);
  const planned: PlannedRoom[] = [];
  for (const room of rooms) {
    const here = known.get(room.key);
    const firstAt = staging.firstAt(room.key) ?? now;
    const createdAt = Math.min(room.createdAt ?? now, firstAt, now);
    const creator = room.createdBy === null ? undefined : people.byKey.get(room.createdBy)?.user;
    // Of now: the first of a space's rooms by id is the one that everybody joins.
    const id = here?.id ?? movedId<RoomId>(source, `room/${room.key}`, now);
    const common = {
      key: room.key,
      id,
      topic: oneLine(room.topic).slice(0, limits.topicChars),
      createdAt,
      archived: room.archived,
    };
    const isChannel = room.kind === 'channel';
    const users = isChannel ? [] : usersOf(room, people);
    const isTaken = !isChannel && !here && (await desk.takenPlaces([users.join(' ')])).length > 0;
    const place = isChannel
      ? { kind: 'channel' as const, name: here?.name ?? nameOf(room, names) }
      : placeOf(room, users, isTaken, program);
    const visibility = isChannel ? room.visibility : 'private';
    const createdBy = creator ?? users[0] ?? space.owner;
    planned.push({
      room,
      brought: { ...common, ...place, visibility, createdBy },
      members: place.kind === 'channel' ? membersOf(room, people) : [],
      mark: here?.mark ?? null,
      title: titleOf(room, people),
    });
  }
  return planned;
}

const nameOf = (room: ExportRoom, names: RoomNames): string =>
  room.visibility === 'public' ? names.free(room.name) : nameFrom(room.name);
