import type { MessageId, Params } from '@confab/protocol';

/** What a message is besides its text; nothing of it for a plain one. */
export type PostContext = Pick<Params<'message.post'>, 'thread' | 'alsoInRoom' | 'quote' | 'style'>;

/** The columns that it is kept in, which plain messages leave empty. */
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
