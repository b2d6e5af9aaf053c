import type { LoggedEvent, Params, PeopleGroup, PeopleGroupId, SpaceId, UserId } from '@confab/protocol';
import type { PeopleGroupsApi, Store } from '../api.ts';
import type { Asker } from '../asker.ts';
import { Cells } from '../store.ts';

const none: readonly PeopleGroup[] = [];
const byHandle = (a: PeopleGroup, b: PeopleGroup) => (a.handle < b.handle ? -1 : 1);

interface Known {
  readonly groups: readonly PeopleGroup[];
  /** The seq of the space's log that each group was told at; what an answer says of it may be older. */
  readonly told: ReadonlyMap<PeopleGroupId, number>;
}

/** The groups of people of each space, asked for when they are first looked at. */
export class PeopleGroups implements PeopleGroupsApi {
  readonly #asker: Asker;
  readonly #known = new Map<SpaceId, Known>();
  readonly #cells = new Cells<SpaceId, readonly PeopleGroup[]>((space) => this.#known.get(space)?.groups ?? none);
  readonly #asked = new Set<SpaceId>();

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  of(space: SpaceId): Store<readonly PeopleGroup[]> {
    if (!this.#asked.has(space)) void this.#load(space);
    return this.#cells.cell(space);
  }

  async create(space: SpaceId, input: Omit<Params<'people-group.create'>, 'space'>): Promise<PeopleGroup> {
    return (await this.#asker.call('people-group.create', { space, ...input })).group;
  }

  async rename({ space, id }: PeopleGroup, handle: string, name: string): Promise<void> {
    await this.#asker.call('people-group.rename', { space, group: id, handle, name });
  }

  async setPeople({ space, id }: PeopleGroup, people: UserId[]): Promise<void> {
    await this.#asker.call('people-group.set-people', { space, group: id, people });
  }

  async remove({ space, id }: PeopleGroup): Promise<void> {
    await this.#asker.call('people-group.delete', { space, group: id });
  }

  /** What a space's log tells. */
  apply(event: LoggedEvent): void {
    if (event.event === 'space.people-group-changed') {
      const { group } = event.data;
      this.#tell(group.space, group.id, group, event.seq);
    } else if (event.event === 'space.people-group-removed') {
      this.#tell(event.log.slice('space:'.length) as SpaceId, event.data.group, null, event.seq);
    }
  }

  /** Another person, or a history read anew: what was known is asked for again when it is looked at. */
  clear(): void {
    const spaces = [...this.#known.keys()];
    this.#known.clear();
    this.#asked.clear();
    for (const space of spaces) this.#cells.set(space, none);
  }

  #tell(space: SpaceId, id: PeopleGroupId, group: PeopleGroup | null, seq: number): void {
    const { groups = none, told = new Map() } = this.#known.get(space) ?? {};
    const others = groups.filter((other) => other.id !== id);
    this.#show(space, { groups: group === null ? others : [...others, group], told: new Map([...told, [id, seq]]) });
  }

  async #load(space: SpaceId): Promise<void> {
    this.#asked.add(space);
    try {
      const { groups } = await this.#asker.call('people-group.list', { space });
      if (!this.#asked.has(space)) return;
      const { groups: heard = none, told = new Map() } = this.#known.get(space) ?? {};
      // What the log told meanwhile is newer than the answer.
      const asked = groups.filter(({ id }) => !told.has(id));
      this.#show(space, { groups: [...heard, ...asked], told });
    } catch {
      // A guest may not know; anyone else asks again by looking again.
      this.#asked.delete(space);
    }
  }

  #show(space: SpaceId, { groups, told }: Known): void {
    const sorted = [...groups].sort(byHandle);
    this.#known.set(space, { groups: sorted, told });
    this.#cells.set(space, sorted);
  }
}
