import type { Message } from '@confab/protocol';

/** What others added to a message, under its text, in the order in which it stands there. Each part draws nothing when it is absent. */
export function MessageParts({ message: _ }: { message: Message }) {
  return null;
}
