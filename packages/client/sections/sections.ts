import type { Home, LoggedEvent, RoomId, Section, SectionId, SpaceId } from '@confab/protocol';
import {
  arrangementOf,
  noArrangement,
  type RoomArrangement,
  withPlace,
  withSectionEvent,
} from '@confab/protocol/sections-fold.ts';
import type { Asker } from '../asker.ts';
import type { SectionsApi } from '../kept-api.ts';
import { Cell } from '../store.ts';

type Change = (before: RoomArrangement) => RoomArrangement;

/** One's own list of rooms, as the inbox tells of it. What one changes shows at once, and is taken back when it is refused. */
export class Sections implements SectionsApi {
  readonly state = new Cell<RoomArrangement>(noArrangement);
  readonly #asker: Asker;
  #known = noArrangement;
  #pending: Change[] = [];

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  async create(space: SpaceId, name: string): Promise<Section> {
    return (await this.#asker.call('section.create', { space, name })).section;
  }

  rename(section: SectionId, name: string): Promise<void> {
    const change = changeOf(section, (found) => ({ ...found, name: name.trim() || found.name }));
    return this.#do(change, this.#asker.call('section.rename', { section, name }));
  }

  fold(section: SectionId, collapsed: boolean): Promise<void> {
    const change = changeOf(section, (found) => ({ ...found, collapsed }));
    return this.#do(change, this.#asker.call('section.fold', { section, collapsed }));
  }

  move(section: SectionId, before: SectionId | null): Promise<void> {
    return this.#do(moved(section, before), this.#asker.call('section.move', { section, before }));
  }

  async remove(section: SectionId): Promise<void> {
    await this.#asker.call('section.delete', { section });
  }

  place(room: RoomId, where: { section?: SectionId | null; favourite?: boolean }): Promise<void> {
    const before = this.state.get().places.get(room);
    const section = where.section === undefined ? (before?.section ?? null) : where.section;
    const favourite = where.favourite ?? before?.favourite ?? false;
    const place = {
      room,
      ...(section === null ? {} : { section }),
      ...(favourite ? { favourite: true as const } : {}),
    };
    const change: Change = (state) => ({ ...state, places: withPlace(state.places, place) });
    return this.#do(change, this.#asker.call('section.place', { room, section, favourite }));
  }

  entered(home: Home): void {
    this.#known = arrangementOf(home);
    this.#show();
  }

  left(): void {
    this.#known = noArrangement;
    this.#pending = [];
    this.#show();
  }

  apply(event: LoggedEvent): void {
    const after = withSectionEvent(this.#known, event);
    if (after === this.#known) return;
    this.#known = after;
    this.#show();
  }

  async #do(change: Change, answer: Promise<unknown>): Promise<void> {
    this.#pending.push(change);
    this.#show();
    try {
      await answer;
      this.#known = change(this.#known);
    } finally {
      this.#pending = this.#pending.filter((other) => other !== change);
      this.#show();
    }
  }

  #show(): void {
    this.state.set(this.#pending.reduce((state, change) => change(state), this.#known));
  }
}

const changeOf =
  (section: SectionId, change: (found: Section) => Section): Change =>
  (before) => ({ ...before, sections: before.sections.map((each) => (each.id === section ? change(each) : each)) });

const moved =
  (section: SectionId, before: SectionId | null): Change =>
  (state) => {
    const found = state.sections.find(({ id }) => id === section);
    if (found === undefined || before === section) return state;
    const others = state.sections.filter((each) => each !== found);
    const at = others.findIndex(({ id }) => id === before);
    return { ...state, sections: others.toSpliced(at === -1 ? others.length : at, 0, found) };
  };
