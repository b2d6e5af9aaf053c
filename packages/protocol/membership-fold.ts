import type { LoggedEvent } from './events.ts';
import type { MessageId, UserId } from './ids.ts';
import type { Membership, ReadCursor, ThreadMention } from './membership.ts';
import { showsInRoom } from './message-fold.ts';
import type { Position } from './schema.ts';

/** A membership, and the seq of its room's log that its counts are of. */
export interface Standing {
  readonly membership: Membership;
  readonly atSeq: number;
}

/** What an event of the room's log changes about how much is unread. */
export type RoomChange =
  | { readonly kind: 'deleted'; readonly seq: number; readonly postedSeq: number; readonly counted: boolean }
  /** One's own post: whoever posts has read what stands above. `count` is the log's up to it. */
  | { readonly kind: 'posted'; readonly seq: number; readonly count: number }
  /** Somebody else's post that calls everyone in the room. */
  | { readonly kind: 'called'; readonly seq: number };

/** `after`: where the room's log stands after the event, or `null` where events before it were not heard. */
export function roomChangesOf(event: LoggedEvent, me: UserId | null, after: Position | null): RoomChange[] {
  const { seq } = event;
  if (event.event === 'message.deleted') {
    const { postedSeq, inThread } = event.data;
    return [{ kind: 'deleted', seq, postedSeq, counted: inThread !== true }];
  }
  if (event.event !== 'message.posted') return [];
  if (event.by !== me) return event.data.mentionsAll === 'room' ? [{ kind: 'called', seq }] : [];
  return after !== null && showsInRoom(event.data) ? [{ kind: 'posted', seq, count: after.count }] : [];
}

const added = (seqs: readonly number[], seq: number): number[] =>
  seqs.includes(seq) ? [...seqs] : [...seqs, seq].sort((a, b) => a - b);

/** After something that the room's log tells; what `standing` was counted with already is not counted again. */
export function withRoomChange(standing: Standing, change: RoomChange): Standing {
  const { membership } = standing;
  const isNew = change.seq > standing.atSeq;
  const atSeq = Math.max(change.seq, standing.atSeq);
  const { readSeq, readCount } = membership;
  switch (change.kind) {
    case 'posted':
      if (!isNew || change.seq < readSeq) return { membership, atSeq };
      return { membership: readTo(membership, { ...membership, readSeq: change.seq, readCount: change.count }), atSeq };
    case 'called':
      return { membership: withMention(membership, change.seq), atSeq };
    case 'deleted': {
      const more = isNew && change.counted && change.postedSeq > readSeq ? 1 : 0;
      const left = withoutMention(membership, change.postedSeq);
      return { membership: { ...left, readCount: readCount + more }, atSeq };
    }
  }
}

/** After a message was heard of that mentions one. */
export function withMention(membership: Membership, seq: number): Membership {
  if (seq <= membership.readSeq) return membership;
  return { ...membership, mentions: added(membership.mentions, seq) };
}

/** After a reply was heard of that mentions one and shows in its thread alone. */
export function withThreadMention(membership: Membership, mention: ThreadMention): Membership {
  const others = threadMentionsOf(membership).filter(({ seq }) => seq !== mention.seq);
  return withThreadMentions(
    membership,
    [...others, mention].sort((a, b) => a.seq - b.seq),
  );
}

export function withoutMention(membership: Membership, seq: number): Membership {
  const mentions = membership.mentions.filter((each) => each !== seq);
  const inThreads = threadMentionsOf(membership).filter((each) => each.seq !== seq);
  return withThreadMentions({ ...membership, mentions }, inThreads);
}

/** After a thread was read up to its reply number `index`. */
export function withThreadRead(membership: Membership, thread: MessageId, index: number): Membership {
  const before = threadMentionsOf(membership);
  const left = before.filter((each) => each.thread !== thread || each.index > index);
  return left.length === before.length ? membership : withThreadMentions(membership, left);
}

export const threadMentionsOf = ({ threadMentions = [] }: Membership): readonly ThreadMention[] => threadMentions;

export function withThreadMentions(membership: Membership, mentions: readonly ThreadMention[]): Membership {
  const { threadMentions: _, ...rest } = membership;
  return mentions.length === 0 ? rest : { ...rest, threadMentions: [...mentions] };
}

type Cursor = Pick<Membership, 'readSeq' | 'readCount' | 'rewinds'>;

/** Whether the cursor `a` was overtaken by `b` ([L14]). */
const isOvertaken = (a: Cursor, b: Cursor): boolean =>
  a.rewinds < b.rewinds || (a.rewinds === b.rewinds && a.readSeq < b.readSeq);

function readTo(membership: Membership, { readSeq, readCount, rewinds }: Cursor): Membership {
  const mentions = membership.mentions.filter((seq) => seq > readSeq);
  return { ...membership, readSeq, readCount, rewinds, mentions };
}

function withChanges(standing: Standing, changes: readonly RoomChange[]): Standing {
  return changes.filter(({ seq }) => seq > standing.atSeq).reduce(withRoomChange, standing);
}

/**
 * After a cursor was told, by an answer or the inbox, in whichever order. `changes` are those that the room's log told
 * lately: they are counted again where the cursor was told from before them.
 */
export function withCursor(standing: Standing, told: ReadCursor, changes: readonly RoomChange[]): Standing {
  if (isOvertaken(told, standing.membership)) return standing;
  return withChanges({ membership: readTo(standing.membership, told), atSeq: told.atSeq }, changes);
}

/** After the inbox told the whole membership. */
export function withMembership(before: Standing, told: Standing, changes: readonly RoomChange[]): Standing {
  const whole = withChanges(told, changes);
  if (!isOvertaken(whole.membership, before.membership)) return whole;
  return { membership: readTo(whole.membership, before.membership), atSeq: before.atSeq };
}
