import type { SpaceId, UserId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { ItemsInput, ItemsOutput } from './bring-items.ts';
import type { PeopleInput } from './bring-people.ts';
import type { MembersInput, RoomInput } from './bring-room.ts';
import type { FinishInput } from './finish-room.ts';
import type { AccountOfHandle, KnownPerson, KnownRoom } from './import-store.ts';
import type { Source, SpaceToFill } from './moved.ts';
import type { MemberRole } from './space-to-fill.ts';

/** What whoever moves in asks of the domain, beside a database that no server uses. All of it may be asked twice. */
export class ImportDesk {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  spaces(): Promise<SpaceToFill[]> {
    return this.#database.read('import.spaces', null);
  }

  /** Folded names of a space's public rooms. */
  takenNames(space: SpaceId): Promise<string[]> {
    return this.#database.read('import.names', space);
  }

  takenPlaces(keys: readonly string[]): Promise<string[]> {
    return this.#database.read('import.places', keys);
  }

  knownPeople(input: { source: Source; keys: readonly string[]; now: number }): Promise<KnownPerson[]> {
    return this.#database.read('import.known-people', input);
  }

  accountsByHandle(handles: readonly string[]): Promise<AccountOfHandle[]> {
    return this.#database.read('import.handles', handles);
  }

  rolesIn(space: SpaceId, users: readonly UserId[]): Promise<MemberRole[]> {
    return this.#database.read('import.roles', { space, users });
  }

  knownRooms(source: Source): Promise<KnownRoom[]> {
    return this.#database.read('import.known-rooms', source);
  }

  bringPeople(input: PeopleInput): Promise<void> {
    return this.#database.write('import.people', input, input.space);
  }

  bringRoom(input: RoomInput): Promise<{ isNew: boolean }> {
    return this.#database.write('import.room', input, input.room.id);
  }

  bringMembers(input: MembersInput): Promise<void> {
    return this.#database.write('import.members', input, input.room);
  }

  bringItems(input: ItemsInput): Promise<ItemsOutput> {
    return this.#database.write('import.items', input, input.room);
  }

  finishRoom(input: FinishInput): Promise<{ after: string | null }> {
    return this.#database.write('import.finish', input, input.room.id);
  }
}
