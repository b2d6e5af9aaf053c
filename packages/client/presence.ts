import type { Presence, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Store } from './api.ts';
import type { Asker } from './asker.ts';
import { times } from './bounds.ts';
import type { ClientPorts } from './ports.ts';
import { Cell } from './store.ts';

/** Presence of those whom someone looks at, and of nobody else ([E4]); and one's own being away. */
export class Presences {
  readonly #ports: ClientPorts;
  readonly #asker: Asker;
  readonly #cells = new Map<UserId, Cell<Presence | undefined>>();
  readonly #stores = new Map<UserId, Store<Presence | undefined>>();
  /** Nobody is at this device. */
  #away = false;
  /** The person wants to be seen as away. */
  #byChoice = false;
  #told = '';
  #cancel: (() => void) | null = null;

  constructor(ports: ClientPorts, asker: Asker) {
    this.#ports = ports;
    this.#asker = asker;
  }

  store(user: UserId): Store<Presence | undefined> {
    const made = this.#stores.get(user);
    if (made !== undefined) return made;
    const cell = new Cell<Presence | undefined>(undefined);
    const store = {
      get: cell.get,
      subscribe: (listener: () => void) => {
        const stop = cell.subscribe(listener);
        this.#plan();
        return () => {
          stop();
          this.#plan();
        };
      },
    };
    this.#cells.set(user, cell);
    this.#stores.set(user, store);
    return store;
  }

  heard(presence: Presence): void {
    this.#cells.get(presence.user)?.set(presence);
  }

  setAway(away: boolean): void {
    const before = this.#isAway;
    this.#away = away;
    this.#tellIfChanged(before);
  }

  /** Is away on all devices, until the person says otherwise. */
  setByChoice(away: boolean): void {
    const before = this.#isAway;
    this.#byChoice = away;
    this.#tellIfChanged(before);
  }

  get #isAway(): boolean {
    return this.#away || this.#byChoice;
  }

  #tellIfChanged(before: boolean): void {
    if (this.#isAway !== before) this.#asker.tell('presence.set', { state: before ? 'online' : 'away' });
  }

  /** A new connection knows neither whom we watch nor that we are away. */
  welcomed(): void {
    this.#told = '';
    if (this.#isAway) this.#asker.tell('presence.set', { state: 'away' });
    this.#watch();
  }

  /** A right was taken away, and with it everything that was watched ([E4]): asks for those one may still know of. */
  unwatched(): void {
    this.#told = '';
    this.#plan();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  clear(): void {
    this.stop();
    this.#told = '';
    for (const cell of this.#cells.values()) cell.set(undefined);
  }

  /** People come and go in numbers when a screen changes: told once it is quiet. */
  #plan(): void {
    this.#cancel ??= this.#ports.after(times.watchDelayMs, () => this.#watch());
  }

  #watch(): void {
    this.#cancel?.();
    this.#cancel = null;
    const watched = [...this.#cells].filter(([, cell]) => cell.watched);
    // Nobody looks any more: what we knew grows old from here.
    for (const cell of this.#cells.values()) if (!cell.watched) cell.set(undefined);
    const users = watched.slice(-limits.watchedPeople).map(([user]) => user);
    const told = users.join();
    if (told === this.#told || !this.#asker.online) return;
    this.#told = told;
    this.#asker.call('presence.watch', { users }).then(
      ({ presences }) => {
        for (const presence of presences) this.heard(presence);
      },
      () => {
        if (this.#told === told) this.#told = '';
      },
    );
  }
}
