import type { RoomKind } from './room-info.ts';

/** What `not-in-this-room` calls a kind of room. */
export const roomKindWords = {
  channel: 'channel',
  direct: 'direct message',
  group: 'group',
} as const satisfies Record<RoomKind, string>;
export type RoomKindWord = (typeof roomKindWords)[RoomKind];
