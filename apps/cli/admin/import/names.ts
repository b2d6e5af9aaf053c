import type { Names } from './export-model.ts';
import type { PeoplePlan } from './plan-people.ts';
import type { PlannedRoom } from './plan-rooms.ts';

/** How the people and rooms of an export are called here. */
export function namesOf({ byKey }: PeoplePlan, rooms: readonly PlannedRoom[]): Names {
  const byHandle = new Map([...byKey.values()].map(({ person }) => [person.handle.toLowerCase(), person.key]));
  const roomNames = new Map(rooms.map(({ room, brought }) => [room.key, brought.name]));
  const roomsByName = new Map(rooms.map(({ room, brought }) => [room.name.toLowerCase(), brought.name]));
  return {
    handleOf: (person) => byKey.get(person)?.handle,
    personCalled: (handle) => byHandle.get(handle.toLowerCase()),
    roomCalled: (name) => roomsByName.get(name.toLowerCase()) || undefined,
    roomName: (room) => roomNames.get(room) || undefined,
  };
}
