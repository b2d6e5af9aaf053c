import type { Home, LoggedEvent, Mute, OwnModeration, RoomInfo } from '@confab/protocol';
import { withModeration } from '@confab/protocol/moderation-fold.ts';
import type { ModerationApi } from '../api.ts';
import type { Asker } from '../asker.ts';
import { Cell } from '../store.ts';

const nothing: OwnModeration = { mutes: [], notes: [], reports: [] };

/** What of moderation concerns the person, on all of their devices. */
export class Moderation implements ModerationApi {
  readonly own = new Cell<OwnModeration>(nothing);
  readonly #asker: Asker;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  async acknowledge(seq: number): Promise<void> {
    await this.#asker.call('moderation.acknowledge', { seq });
    const { notes, ...rest } = this.own.get();
    this.own.set({ ...rest, notes: notes.filter((note) => note.seq !== seq) });
  }

  entered(home: Home): void {
    this.own.set(home.moderation);
  }

  left(): void {
    this.own.set(nothing);
  }

  apply(event: LoggedEvent): void {
    this.own.set(withModeration(this.own.get(), event));
  }
}

/** The mute that holds in a room at a time (Unix ms), the one that lasts longest. */
export function muteIn({ mutes }: OwnModeration, { id, space }: RoomInfo, now: number): Mute | undefined {
  const endOf = ({ until }: Mute) => until ?? Number.POSITIVE_INFINITY;
  return mutes
    .filter((mute) => mute.space === space && (mute.room === null || mute.room === id) && endOf(mute) > now)
    .sort((left, right) => endOf(right) - endOf(left))[0];
}
