import type { RoomInfo } from './room-info.ts';

interface RoomRules {
  readonly slowModeMs: number;
  readonly whoPosts: 'all' | 'moderators';
}

/** What a room is after its rules were set: those that bind nobody are left out. */
export function withRules({ slowModeMs: _, whoPosts: __, ...info }: RoomInfo, rules: RoomRules): RoomInfo {
  return {
    ...info,
    ...(rules.slowModeMs > 0 ? { slowModeMs: rules.slowModeMs } : {}),
    ...(rules.whoPosts === 'moderators' ? { whoPosts: rules.whoPosts } : {}),
  };
}
