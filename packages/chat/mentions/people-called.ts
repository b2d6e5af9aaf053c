import type { Message, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { membersAmong } from './mention-store.ts';

/** Who is online on the whole instance; `null` where nobody asked, or where they are too many to go through. */
export type Online = readonly UserId[] | null;

/** Whom the words for everyone call. */
export interface Called {
  readonly fields: Pick<Message, 'mentionsAll'>;
  /** With `@here`: those of the room who are online. */
  readonly here: readonly UserId[];
}

export const nobodyCalled: Called = { fields: {}, here: [] };

/** `@here` calls each who is online by name; where they are too many for that it calls the room. */
export function* peopleCalled(room: RoomId, author: UserId, all: 'room' | 'here', online: Online): Step<Called> {
  if (all === 'room' || online === null) return { fields: { mentionsAll: 'room' }, here: [] };
  const here = yield* membersAmong(room, online, limits.calledHere + 1);
  if (here.length > limits.calledHere) return { fields: { mentionsAll: 'room' }, here: [] };
  return { fields: { mentionsAll: 'here' }, here: here.filter((user) => user !== author) };
}
