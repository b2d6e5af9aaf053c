import type { SpaceId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import { bringItems, type ItemsInput } from './bring-items.ts';
import { bringPeople, type PeopleInput } from './bring-people.ts';
import { bringMembers, bringRoom, type MembersInput, type RoomInput } from './bring-room.ts';
import { type FinishInput, finishRoom } from './finish-room.ts';
import { accountsByHandle, broughtPeople, broughtRooms } from './import-store.ts';
import { rolesIn, spacesToFill, takenNames, takenPlaces } from './space-to-fill.ts';

/** The scripts that whoever moves in runs, while no server does: nobody listens, so nobody is told of anything. */
export function importScripts(begin: (now: number, ids: readonly string[]) => Transaction) {
  const at = (now: number) => begin(now, []);
  return {
    'import.spaces': () => spacesToFill(),
    'import.names': (space: SpaceId) => takenNames(space),
    'import.places': (keys: readonly string[]) => takenPlaces(keys),
    'import.known-people': broughtPeople,
    'import.handles': (handles: readonly string[]) => accountsByHandle(handles),
    'import.roles': (input: { space: SpaceId; users: readonly UserId[] }) => rolesIn(input.space, input.users),
    'import.known-rooms': (source: string) => broughtRooms(source),
    *'import.people'(input: PeopleInput): Step<void> {
      yield* bringPeople(at(input.now), input);
    },
    'import.room': (input: RoomInput) => bringRoom(at(input.room.createdAt), input),
    *'import.members'(input: MembersInput): Step<void> {
      yield* bringMembers(at(input.at), input);
    },
    'import.items': (input: ItemsInput) => bringItems(at, input),
    'import.finish': (input: FinishInput) => finishRoom(at(input.now), input),
  };
}
