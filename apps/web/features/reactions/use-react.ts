import type { MessageId } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';
import { useUsedEmoji } from '../emoji/use-used-emoji.ts';
import { useConversation } from '../messages/conversation-context.tsx';

/** Reacts, or takes it back. It shows at once; a refusal becomes a note. */
export function useReact(message: MessageId): (emoji: string, on: boolean) => void {
  const { timeline } = useConversation();
  const toasts = useToasts();
  const { used } = useUsedEmoji();
  return (emoji, on) => {
    if (on) used(emoji);
    toasts.attempt(timeline.react(message, emoji, on));
  };
}
