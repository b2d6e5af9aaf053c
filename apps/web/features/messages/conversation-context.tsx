import type { Timeline } from '@confab/client';
import type { MessageId, RoomId } from '@confab/protocol';
import { createContext, use } from 'react';

/** What every row of a timeline may need to know or do. */
export interface Conversation {
  room: RoomId;
  /** The thread that it is; `null`: the room's own timeline. */
  thread: MessageId | null;
  timeline: Timeline;
  /** Whether one may delete other people's messages here. */
  moderates: boolean;
  /** In a room of a space, which has moderators. */
  inSpace: boolean;
  /** Whether nothing can be written or changed here. */
  readOnly: boolean;
  /** The message that is being edited in its place. */
  editing: MessageId | null;
  edit(message: MessageId | null): void;
  /** Puts a text into the composer, in front of what is there, with what it quotes. */
  compose(text: string, quote?: MessageId): void;
  /** Has the next message quote this one. */
  quote(message: MessageId): void;
  /** What is loaded up to its end was seen. */
  markRead(): void;
}

const ConversationContext = createContext<Conversation | null>(null);

export const ConversationProvider = ConversationContext;

export function useConversation(): Conversation {
  const conversation = use(ConversationContext);
  if (conversation === null) throw new Error('useConversation needs a ConversationProvider above it.');
  return conversation;
}
