import type { TimelineItem } from '@confab/client';
import type { MessageId, Receipt, UserId } from '@confab/protocol';

/**
 * Whose reading ends at which message of those loaded: its last one up to where they have read. One's own message is no
 * sign that one has read; who has read everything up to a later page is left out, because that is not here.
 */
export function lastReadBy(
  items: readonly TimelineItem[],
  receipts: Iterable<Receipt>,
  later: boolean,
): ReadonlyMap<MessageId, readonly UserId[]> {
  const messages = items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
  const readers = new Map<MessageId, UserId[]>();
  for (const { user, readSeq } of receipts) {
    const index = messages.findLastIndex((message) => message.seq <= readSeq);
    const message = messages[index];
    const isElsewhere = later && index === messages.length - 1;
    if (message === undefined || isElsewhere || message.author === user) continue;
    readers.set(message.id, [...(readers.get(message.id) ?? []), user]);
  }
  return readers;
}
