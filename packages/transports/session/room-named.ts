import type { RoomId, RoomView, SpaceView } from '@confab/protocol';

/**
 * The room that a foreign client means by a text: by id, by `name` when only one of these rooms has it, or by
 * `space/name`. Upper and lower case are one. Directs and groups are meant by id alone: anyone in a group names it as
 * they like, which may not take a channel's name away.
 */
export function roomNamed(rooms: Iterable<RoomView>, spaces: readonly SpaceView[], text: string): RoomId | undefined {
  const wanted = text.toLowerCase();
  const named: RoomId[] = [];
  for (const { info } of rooms) {
    if (info.id === text) return info.id;
    if (info.space === null) continue;
    const name = info.name.toLowerCase();
    const space = spaces.find(({ id }) => id === info.space)?.name.toLowerCase();
    if (wanted === name || wanted === `${space}/${name}`) named.push(info.id);
  }
  return named.length === 1 ? named[0] : undefined;
}
