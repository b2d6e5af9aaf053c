import type { FileId, MessageId, RoomId, UserId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { Actor } from './actor.ts';
import type { QueryName } from './scripts.ts';

const roomOfMessage: QueryName = 'messages.room-of';
const roomOfFile: QueryName = 'files.room-of';

interface Named {
  readonly room?: RoomId;
  readonly space?: string;
  readonly message?: MessageId;
  readonly file?: FileId;
}

/**
 * What a command mostly writes to: the room, otherwise the space, otherwise the person. Commands of one key take effect
 * and are published in one order, so all that tell of something in a room's own words go by the room.
 *
 * Those that name a message or a file do not say its room: it is looked up, and what the same person sends meanwhile waits, so
 * that it does not overtake ([C2]).
 */
export class WriteKeys {
  readonly #database: Database;
  /** The last look-up of people for whom there is one under way: at most one a command that is. Never rejects. */
  readonly #turns = new Map<UserId, Promise<void>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The key, or a promise of it: until then the command has to wait. Rejects as the database does. */
  of(params: unknown, actor: Actor | null): string | undefined | Promise<string | undefined> {
    const { room, space, message, file } = params as Named;
    const user = actor?.user;
    const before = user === undefined ? undefined : this.#turns.get(user);
    if (message !== undefined && user !== undefined) return this.#lookUp(roomOfMessage, message, user, before);
    if (room === undefined && file !== undefined && user !== undefined) {
      return this.#lookUp(roomOfFile, file, user, before);
    }
    const key = room ?? space ?? user;
    return before === undefined ? key : before.then(() => key);
  }

  #lookUp(query: QueryName, id: string, user: UserId, before: Promise<void> | undefined): Promise<string> {
    const found = this.#database.read<RoomId | undefined>(query, id);
    const key = Promise.all([found, before]).then(([room]) => room ?? user);
    // Later than `key`, so that who waits for that has the command handed over before the next one's turn comes.
    const turn = Promise.allSettled([key, before]).then(() => {
      if (this.#turns.get(user) === turn) this.#turns.delete(user);
    });
    this.#turns.set(user, turn);
    return key;
  }
}
