import type { Home, RoomId, TimelinePage, UserId } from '@confab/protocol';

/**
 * What a device shows while the server cannot be had: who one is, and the last rooms that one looked at. Of one person
 * at a time; forgotten when they sign out. Losing it costs nothing but that, so nothing here ever fails.
 */
export interface Shelf {
  home(): Promise<Home | null>;
  /** What was kept of anybody else is forgotten. */
  keepHome(home: Home): Promise<void>;
  page(user: UserId, room: RoomId): Promise<TimelinePage | null>;
  /** Unless `user` is not the one whose home is kept (any more). */
  keepPage(user: UserId, room: RoomId, page: TimelinePage): Promise<void>;
  clear(): Promise<void>;
}
