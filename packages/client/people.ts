import type { LoggedEvent, Person, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { PeopleApi, Store } from './api.ts';
import type { Asker } from './asker.ts';
import { bounds } from './bounds.ts';
import type { Presences } from './presence.ts';
import { Cell, Cells } from './store.ts';

/** Who people are. Learned from every answer that names them; looked up in batches when someone looks at an unknown one. */
export class People implements PeopleApi {
  readonly known = new Cell<ReadonlyMap<UserId, Person>>(new Map());
  readonly presence: PeopleApi['presence'];
  readonly #asker: Asker;
  readonly #cells = new Cells<UserId, Person | undefined>((user) => this.known.get().get(user));
  readonly #stores = new Map<UserId, Store<Person | undefined>>();
  readonly #wanted = new Set<UserId>();
  /** Asked for and not told: there is nobody, or nobody that we may know. */
  readonly #unknown = new Set<UserId>();
  /** When a log last told what a person is like (Unix ms, the server's). */
  readonly #toldAt = new Map<UserId, number>();
  #planned = false;

  constructor(asker: Asker, presences: Presences) {
    this.#asker = asker;
    this.presence = (user) => presences.store(user);
  }

  person(user: UserId): Store<Person | undefined> {
    let store = this.#stores.get(user);
    if (store === undefined) {
      const cell = this.#cells.cell(user);
      const subscribe = (listener: () => void) => {
        this.#want(user);
        return cell.subscribe(listener);
      };
      store = { get: cell.get, subscribe };
      this.#stores.set(user, store);
    }
    return store;
  }

  learn(people: readonly Person[]): void {
    const before = this.known.get();
    const news = people.filter((person) => !same(before.get(person.id), person));
    if (news.length === 0) return;
    const known = new Map(before);
    for (const person of news) known.set(person.id, person);
    for (const oldest of known.keys()) {
      if (known.size <= bounds.knownPeople) break;
      known.delete(oldest);
    }
    this.known.set(known);
    for (const person of news) this.#cells.set(person.id, person);
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.profile-changed') this.#told(event.data.me, event.at);
    else if (event.event === 'space.person-changed' || event.event === 'space.member-joined') {
      this.#told(event.data.person, event.at);
    } else if (event.event === 'room.member-joined') {
      // How they were when they came, and no room is told of new names: it says who somebody is, not who they are now.
      const { person } = event.data;
      if (!this.known.get().has(person.id)) this.learn([person]);
    }
  }

  /** Logs are caught up with one after another: one may end before what another told long ago. */
  #told(person: Person, at: number): void {
    if (at < (this.#toldAt.get(person.id) ?? 0)) return;
    this.#toldAt.set(person.id, at);
    this.learn([person]);
    const [oldest] = this.#toldAt.keys();
    if (this.#toldAt.size > bounds.knownPeople && oldest !== undefined) this.#toldAt.delete(oldest);
  }

  /** A connection is back: those whose look-up failed may be asked for again. */
  welcomed(): void {
    this.#unknown.clear();
    this.#plan();
  }

  clear(): void {
    this.known.set(new Map());
    for (const user of this.#cells.keys()) this.#cells.set(user, undefined);
    this.#wanted.clear();
    this.#unknown.clear();
    this.#toldAt.clear();
  }

  /** Asks for those of them who are not known yet. */
  want(users: readonly UserId[]): void {
    for (const user of users) this.#want(user);
  }

  #want(user: UserId): void {
    if (this.known.get().has(user) || this.#unknown.has(user)) return;
    this.#wanted.add(user);
    this.#plan();
  }

  #plan(): void {
    if (this.#planned || this.#wanted.size === 0) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      void this.#lookUp();
    });
  }

  async #lookUp(): Promise<void> {
    const users = [...this.#wanted].filter((user) => !this.known.get().has(user)).slice(0, limits.peoplePerPage);
    for (const user of this.#wanted) if (this.known.get().has(user)) this.#wanted.delete(user);
    if (users.length === 0) return;
    for (const user of users) this.#wanted.delete(user);
    try {
      const { people } = await this.#asker.call('person.look-up', { users });
      this.learn(people);
      for (const user of users) if (!this.known.get().has(user)) this.#unknown.add(user);
      this.#plan();
    } catch {
      // Asked for again with the next connection.
      for (const user of users) this.#wanted.add(user);
    }
  }
}

/** People are small and plain, and the server writes their properties in one order. */
function same(a: Person | undefined, b: Person): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
