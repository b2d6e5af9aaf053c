import type { RoomState } from '@confab/client';
import { isMuted } from '../mentions/is-muted.ts';

interface Attention {
  /** Messages that one is wanted for: those that mention one, and all in directs and groups. */
  readonly wanted: number;
  /** Whether anything at all is unread. */
  readonly unread: boolean;
}

/** What the window's title and icon tell of. Muted and archived rooms want nobody. */
export function attention(rooms: readonly RoomState[], now: number): Attention {
  const awake = rooms.filter((room) => room.info.archivedAt === null && !isMuted(room, now));
  const wanted = awake.reduce((sum, { info, unread, mentions }) => sum + (info.space === null ? unread : mentions), 0);
  return { wanted, unread: awake.some(({ unread }) => unread > 0) };
}
