import type { RoomId } from '@confab/protocol';

const storageKey = 'confab:last-room';

/** The room that was open last on this device. */
export const lastRoom = {
  read: (): RoomId | null => localStorage.getItem(storageKey) as RoomId | null,
  write: (room: RoomId) => localStorage.setItem(storageKey, room),
};
