import type { Message } from '@confab/protocol';
import { PinnedLine } from '../pins/pinned-line.tsx';
import { PollPart } from '../polls/poll-part.tsx';
import { PreviewCards } from '../previews/preview-cards.tsx';
import { LastReaders } from '../receipts/last-readers.tsx';
import { RepliesLine } from '../threads/replies-line.tsx';
import { useConversation } from './conversation-context.tsx';

/** What others added to a message, under its text, in the order in which it stands there. Each part draws nothing when it is absent. */
export function MessageParts({ message }: { message: Message }) {
  const { thread } = useConversation();
  return (
    <>
      <PollPart message={message} />
      <PreviewCards message={message} />
      <PinnedLine message={message} />
      {thread === null ? <RepliesLine message={message} /> : null}
      <LastReaders message={message} />
    </>
  );
}
