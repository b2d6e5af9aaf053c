import type { UserId } from './ids.ts';
import { limits } from './limits.ts';
import type { Receipt } from './receipts.ts';
import type { RoomInfo } from './room-info.ts';

/** Whether receipts are told in a room. */
export function tellsReceipts({ info, memberCount }: { info: RoomInfo; memberCount: number }): boolean {
  return info.receipts !== 'off' && memberCount <= limits.receiptMembers;
}

interface Sent {
  readonly seq: number;
  readonly author: UserId;
  readonly postedAt: number;
}

/** Those for whom a message was: whose receipts are told, without its author and those who came later. */
export function recipientsOf(message: Sent, receipts: Iterable<Receipt>): Receipt[] {
  return [...receipts].filter(({ user, joinedAt }) => user !== message.author && joinedAt <= message.postedAt);
}

/** In rooms of few a message is through when it reached all of them, in larger ones when it reached anyone. */
const few = 20;

/** How far a message has come. */
export function progressOf(message: Sent, receipts: Iterable<Receipt>): 'sent' | 'delivered' | 'read' {
  const recipients = recipientsOf(message, receipts);
  if (recipients.length === 0) return 'sent';
  const all = recipients.length < few;
  const reached = (at: (receipt: Receipt) => number) => {
    const isThere = (receipt: Receipt) => at(receipt) >= message.seq;
    return all ? recipients.every(isThere) : recipients.some(isThere);
  };
  if (reached(({ readSeq }) => readSeq)) return 'read';
  return reached(({ deliveredSeq }) => deliveredSeq) ? 'delivered' : 'sent';
}
