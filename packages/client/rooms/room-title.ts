import type { RoomInfo, UserId } from '@confab/protocol';

/** Who is in a direct or group besides oneself. */
export function othersIn(info: RoomInfo, me: UserId | null): UserId[] {
  return (info.people ?? []).filter((user) => user !== me);
}

/**
 * What a room is called: its name, otherwise its people's. People whom `nameOf` does not know yet are left out, so
 * that a title grows rather than shows an id.
 */
export function roomTitle(info: RoomInfo, me: UserId | null, nameOf: (user: UserId) => string | undefined): string {
  if (info.name !== '') return info.name;
  const others = othersIn(info, me);
  if (others.length === 0) return info.kind === 'group' ? 'Group of your own' : 'Notes to yourself';
  return others.flatMap((user) => nameOf(user) ?? []).join(', ');
}
