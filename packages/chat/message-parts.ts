import type { Message, MessageId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { filesOf } from './files/index.ts';
import { repliesOf } from './messages/index.ts';
import { pinsOf } from './pins/index.ts';
import { pollsOf } from './polls/index.ts';
import { previewsOf } from './previews/index.ts';
import { reactionsOf } from './reactions/index.ts';

/** What slices after `messages` add to a message as it is shown. */
type PartName = 'reactions' | 'replies' | 'pinned' | 'previews' | 'poll' | 'files';

export type MessageParts = {
  readonly [Part in PartName]: (
    asker: UserId,
    messages: readonly MessageId[],
  ) => Step<ReadonlyMap<MessageId, NonNullable<Message[Part]>>>;
};

/** Who adds what; each asks once for a whole page. */
export const messageParts: MessageParts = {
  replies: repliesOf,
  reactions: reactionsOf,
  pinned: pinsOf,
  previews: previewsOf,
  poll: pollsOf,
  files: filesOf,
};
