import type { LoggedEvent, SpaceId, SpaceView, UserId } from '@confab/protocol';
import { parseLogId } from '@confab/protocol/ids.ts';
import { withPicture } from '@confab/protocol/picture-fold.ts';
import { Cell } from '../store.ts';

type EventOf<Name extends LoggedEvent['event']> = Extract<LoggedEvent, { event: Name }>;
type Change<Name extends LoggedEvent['event']> = (
  space: SpaceView,
  event: EventOf<Name>,
  me: UserId | null,
) => SpaceView;

const withMembers = (space: SpaceView, change: number): SpaceView => ({
  ...space,
  memberCount: space.memberCount + change,
});

function withWelcome(space: SpaceView, welcome: string): SpaceView {
  const { welcome: _, ...rest } = space;
  return welcome === '' ? rest : { ...rest, welcome };
}

/** What each event of a space's log changes about it. One's own role is heard on the inbox, guests' too. */
const changes: { readonly [Name in LoggedEvent['event']]?: Change<Name> } = {
  'space.renamed': (space, { data }) => ({ ...space, name: data.name }),
  'space.picture-set': (space, { data }) => withPicture(space, data.picture),
  'space.welcome-set': (space, { data }) => withWelcome(space, data.welcome),
  'space.member-joined': (space) => withMembers(space, 1),
  'space.member-left': (space) => withMembers(space, -1),
};

/** The spaces one is in. */
export class SpaceList {
  readonly list = new Cell<readonly SpaceView[]>([]);

  get(space: SpaceId): SpaceView | undefined {
    return this.list.get().find(({ id }) => id === space);
  }

  /** All spaces one is in, from one snapshot; answers with those that are none any more. */
  replace(spaces: readonly SpaceView[]): SpaceId[] {
    const gone = this.list.get().filter(({ id }) => !spaces.some((space) => space.id === id));
    for (const { id } of gone) this.remove(id);
    for (const space of spaces) this.put(space);
    return gone.map(({ id }) => id);
  }

  clear(): void {
    this.list.set([]);
  }

  /** A space as an answer or the inbox shows it; an older picture of one that is known changes nothing. */
  put(space: SpaceView): void {
    const before = this.get(space.id);
    if (before === undefined) {
      this.list.set([...this.list.get(), space]);
      return;
    }
    if ((space.position?.seq ?? 0) >= (before.position?.seq ?? 0)) this.#replace(space);
  }

  remove(space: SpaceId): void {
    this.list.set(this.list.get().filter(({ id }) => id !== space));
  }

  apply(event: LoggedEvent, me: UserId | null): void {
    if (event.event === 'inbox.role-set') {
      const space = this.get(event.data.space);
      if (space !== undefined) this.#replace({ ...space, role: event.data.role });
      return;
    }
    if (event.event === 'inbox.welcome-dismissed') {
      this.greeted(event.data.space);
      return;
    }
    const { kind, id } = parseLogId(event.log);
    const space = kind === 'space' ? this.get(id as SpaceId) : undefined;
    if (space === undefined || event.seq <= (space.position?.seq ?? 0)) return;
    const change = changes[event.event] as Change<LoggedEvent['event']> | undefined;
    const position = { epoch: event.epoch, seq: event.seq, count: space.position?.count ?? 0 };
    this.#replace({ ...(change ? change(space, event, me) : space), position });
  }

  /** One has dismissed its welcome message. */
  greeted(id: SpaceId): void {
    const { greet: _, ...space } = this.get(id) ?? {};
    if ('id' in space) this.#replace(space);
  }

  #replace(space: SpaceView): void {
    this.list.set(this.list.get().map((other) => (other.id === space.id ? space : other)));
  }
}
