import type { Home, RoomId, TimelinePage, UserId } from '@confab/protocol';
import type { Shelf } from '../offline/shelf.ts';

/** A device's shelf that outlives its clients. */
export class MemoryShelf implements Shelf {
  kept: Home | null = null;
  readonly pages = new Map<RoomId, TimelinePage>();

  home = async () => this.kept;

  async keepHome(home: Home): Promise<void> {
    if (this.kept?.me.id !== home.me.id) this.pages.clear();
    this.kept = structuredClone(home);
  }

  page = async (user: UserId, room: RoomId) =>
    this.kept?.me.id === user ? structuredClone(this.pages.get(room) ?? null) : null;

  async keepPage(user: UserId, room: RoomId, page: TimelinePage): Promise<void> {
    if (this.kept?.me.id === user) this.pages.set(room, structuredClone(page));
  }

  async clear(): Promise<void> {
    this.kept = null;
    this.pages.clear();
  }
}
