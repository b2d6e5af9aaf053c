import type { Message, MessageId, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { reactionsOf } from './reactions/index.ts';

/** What slices after `messages` add to a message as it is shown. */
type PartName = 'reactions';

export type MessageParts = {
  readonly [Part in PartName]: (
    asker: UserId,
    messages: readonly MessageId[],
  ) => Step<ReadonlyMap<MessageId, NonNullable<Message[Part]>>>;
};

/** Who adds what; each asks once for a whole page. */
export const messageParts: MessageParts = {
  reactions: reactionsOf,
};
