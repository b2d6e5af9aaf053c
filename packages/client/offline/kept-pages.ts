import type { Person, RoomId, TimelinePage, UserId } from '@confab/protocol';
import { times } from '../bounds.ts';
import type { ClientPorts } from '../ports.ts';
import type { Shelf } from './shelf.ts';

interface Accounts {
  readonly shelf: Shelf | null;
  readonly me: UserId | null;
}

interface People {
  readonly known: { get(): ReadonlyMap<UserId, Person> };
}

/** The last page of each room that one looks at, kept as it changes. */
export class KeptPages {
  readonly #ports: ClientPorts;
  readonly #accounts: Accounts;
  readonly #people: People;
  readonly #waiting = new Set<RoomId>();

  constructor(ports: ClientPorts, accounts: Accounts, people: People) {
    this.#ports = ports;
    this.#accounts = accounts;
    this.#people = people;
  }

  async of(room: RoomId): Promise<TimelinePage | null> {
    const { shelf, me } = this.#accounts;
    return shelf === null || me === null ? null : shelf.page(me, room);
  }

  /** In a moment, so that a room in which much is said is not written down with every word. */
  keep(room: RoomId, page: () => TimelinePage | null): void {
    const { shelf, me } = this.#accounts;
    if (shelf === null || me === null || this.#waiting.has(room)) return;
    this.#waiting.add(room);
    this.#ports.after(times.shelfEveryMs, () => {
      this.#waiting.delete(room);
      const now = page();
      if (now !== null && this.#accounts.me === me) void shelf.keepPage(me, room, { ...now, people: this.#named(now) });
    });
  }

  #named({ messages, notices }: TimelinePage): Person[] {
    const known = this.#people.known.get();
    const ids = new Set([...messages.map(({ author }) => author), ...notices.flatMap(({ by }) => by ?? [])]);
    return [...ids].flatMap((id) => known.get(id) ?? []);
  }
}
