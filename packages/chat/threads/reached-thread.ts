import type { MessageId, RoomId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { ReachedMessage } from '../access.ts';
import { threadOf } from '../messages/index.ts';

export interface ReachedThread {
  readonly root: MessageId;
  readonly room: RoomId;
  readonly replies: number;
}

/** The thread that a message began, or that it is a reply in. */
export function* threadOfReached({ id, room, context }: ReachedMessage): Step<ReachedThread> {
  const root = context.thread ?? id;
  return { root, room: room.id, replies: (yield* threadOf(root))?.replies ?? 0 };
}
