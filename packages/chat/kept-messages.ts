import type { Message, MessageId, Person, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { peopleByIds } from './accounts/index.ts';
import { messagesInAnyRoom } from './messages/index.ts';
import type { Transaction } from './transaction.ts';

/** Messages that were found to be the asker's to see, whole, with their authors. */
export function* keptMessages(
  tx: Transaction,
  asker: UserId,
  ids: readonly MessageId[],
): Step<{ messages: Map<MessageId, Message>; people: Person[] }> {
  const found = yield* tx.withParts(asker, yield* messagesInAnyRoom(ids));
  const people = yield* peopleByIds([...new Set(found.map(({ author }) => author))]);
  return { messages: new Map(found.map((message) => [message.id, message])), people };
}
