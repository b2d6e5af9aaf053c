import type { RoomState } from '@confab/client';

/** Whether nothing of a room is to be told now. */
export function isMuted({ membership }: RoomState, now: number): boolean {
  return membership !== null && (membership.notify === 'none' || (membership.mutedUntil ?? 0) > now);
}
