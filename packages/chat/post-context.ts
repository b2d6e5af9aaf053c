import type { MessageId, PostContext } from '@confab/protocol';

/** The columns that a message's context is kept in, which plain messages leave empty. */
export interface ContextColumns {
  thread: MessageId | null;
  in_room: number;
  /** What is rarely said, as JSON. */
  details: string | null;
}

export function contextOf({ thread, in_room, details }: ContextColumns): PostContext {
  if (thread === null && details === null) return {};
  return {
    ...(thread ? { thread } : {}),
    ...(thread && in_room === 1 ? { alsoInRoom: true } : {}),
    ...(details === null ? {} : (JSON.parse(details) as Pick<PostContext, 'quote' | 'style'>)),
  };
}
