import type { Message, MessageId, PostContext } from '@confab/protocol';

/** The columns that a message's context is kept in, which plain messages leave empty. */
export interface ContextColumns {
  thread: MessageId | null;
  in_room: number;
  /** What is rarely said, as JSON. */
  details: string | null;
}

/** What of a message is kept as JSON. */
export type Details = Pick<Message, 'quote' | 'style' | 'mentions' | 'mentionedGroups' | 'mentionsAll'>;
export type StoredContext = PostContext & Details;

/** The JSON of a message's details; `null` where there are none. */
export function detailsOf({ quote, style, mentions, mentionedGroups, mentionsAll }: Details): string | null {
  const details = JSON.stringify({ quote, style, mentions, mentionedGroups, mentionsAll });
  return details === '{}' ? null : details;
}

export function contextOf({ thread, in_room, details }: ContextColumns): StoredContext {
  if (thread === null && details === null) return {};
  return {
    ...(thread ? { thread } : {}),
    ...(thread && in_room === 1 ? { alsoInRoom: true } : {}),
    ...(details === null ? {} : (JSON.parse(details) as Details)),
  };
}
