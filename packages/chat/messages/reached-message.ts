import type { ClientId, Message, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { ReachedMessage } from '../access.ts';
import type { Transaction } from '../transaction.ts';

/** A message as it was when it was reached, in the form of the wire. */
export function messageOfReached({ room, clientId, context, ...message }: ReachedMessage): Message {
  return { ...message, clientId: clientId as ClientId, room: room.id, ...context };
}

/** One message with everything that belongs to it. */
export function* whole(tx: Transaction, asker: UserId, message: Message): Step<Message> {
  const [shown = message] = yield* tx.withParts(asker, [message]);
  return shown;
}
