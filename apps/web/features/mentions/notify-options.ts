import type { Notify, RoomKind } from '@confab/protocol';

/** What one may be told of a room. */
export const notifyOptions = (kind: RoomKind): readonly { value: Notify; label: string }[] => [
  { value: 'default', label: kind === 'channel' ? 'The usual: mentions' : 'The usual: everything' },
  { value: 'all', label: 'Every message' },
  { value: 'mentions', label: 'Mentions only' },
  { value: 'none', label: 'Nothing' },
];
