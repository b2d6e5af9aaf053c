import type {
  File,
  LoggedEvent,
  Membership,
  Message,
  MessageId,
  Notice,
  Params,
  PollTerms,
  PostContext,
  ReadCursor,
  Result,
  RoomInfo,
  RoomView,
  ThreadMention,
  TimelinePage,
  UserId,
} from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { namedInText } from '@confab/protocol/mention-names.ts';
import { changedMessage, foldMessage, postedMessage, showsInRoom } from '@confab/protocol/message-fold.ts';
import { isLine } from '@confab/protocol/notices.ts';
import { FakeLog } from './fake-log.ts';

/** What the server stores of a member: `readCount` without what was deleted since. */
interface FakeMember {
  readonly joinedAt?: number;
  readonly readSeq: number;
  readonly readCount: number;
  readonly rewinds?: number;
  readonly notify?: Membership['notify'];
  readonly mutedUntil?: number | null;
  readonly closedCount?: number;
}

/** Whom a text names, a person's handle being their id. */
function namedBy(text: string): Pick<Message, 'mentions' | 'mentionsAll'> {
  const { handles, all } = namedInText(text);
  const mentions = handles as UserId[];
  return { ...(mentions.length > 0 ? { mentions } : {}), ...(all ? { mentionsAll: all } : {}) };
}

/** One room of the fake server: its log is all that it has, everything else is worked out from it. */
export class FakeRoom {
  readonly info: RoomInfo;
  readonly log: FakeLog;
  readonly members = new Map<UserId, FakeMember>();
  readonly #threadsRead = new Map<string, number>();
  readonly #answers = new Map<string, { text: string; result: Result<'message.post'> }>();

  constructor(info: RoomInfo) {
    this.info = info;
    this.log = new FakeLog(roomLog(info.id));
    this.log.append('room.created', info.createdBy, { room: info });
  }

  view(user: UserId): RoomView {
    return structuredClone({
      info: this.info,
      memberCount: this.members.size,
      position: this.log.position,
      membership: this.membership(user),
    });
  }

  membership(user: UserId): Membership | null {
    const member = this.members.get(user);
    if (member === undefined) return null;
    const {
      joinedAt = 0,
      readSeq,
      readCount,
      rewinds = 0,
      notify = 'default',
      mutedUntil = null,
      closedCount,
    } = member;
    const gone = this.messages().filter(
      (message) => message.deletedAt !== null && message.seq > readSeq && showsInRoom(message),
    );
    const counts = {
      joinedAt,
      readSeq,
      readCount: readCount + gone.length,
      rewinds,
      ...this.#mentions(user, readSeq),
    };
    return { ...counts, notify, mutedUntil, ...(closedCount === undefined ? {} : { closedCount }) };
  }

  /** A handle is the person's id here, and `@here` calls nobody. */
  #mentions(user: UserId, readSeq: number): Pick<Membership, 'mentions' | 'threadMentions'> {
    const found = this.messages().filter(({ author, deletedAt }) => author !== user && deletedAt === null);
    const named = found.filter(({ mentions }) => mentions?.includes(user));
    const inRoom = found.filter(
      (message) =>
        message.seq > readSeq && (message.mentionsAll === 'room' || (named.includes(message) && showsInRoom(message))),
    );
    const inThreads = named
      .map((message) => ({ seq: message.seq, ...this.placeInThread(message) }))
      .filter((mention): mention is ThreadMention => mention.thread !== undefined && !this.#isRead(user, mention));
    const mentions = inRoom.map(({ seq }) => seq);
    return { mentions, ...(inThreads.length > 0 ? { threadMentions: inThreads } : {}) };
  }

  /** Where a reply that shows in its thread alone stands in it. */
  placeInThread(message: Message): { thread: MessageId; index: number } | undefined {
    const { thread, seq } = message;
    if (thread === undefined || showsInRoom(message)) return undefined;
    return { thread, index: this.messages().filter((each) => each.thread === thread && each.seq <= seq).length };
  }

  #isRead(user: UserId, { thread, index }: { thread?: MessageId; index?: number }): boolean {
    return (this.#threadsRead.get(`${user} ${thread}`) ?? 0) >= (index ?? 0);
  }

  /** Somebody has read a thread up to a reply. */
  readThread(user: UserId, thread: MessageId, index: number): void {
    const key = `${user} ${thread}`;
    this.#threadsRead.set(key, Math.max(index, this.#threadsRead.get(key) ?? 0));
  }

  post(
    by: UserId,
    clientId: string,
    text: string,
    context: PostContext & { poll?: PollTerms; files?: File[] } = {},
  ): Result<'message.post'> {
    const known = this.#answers.get(`${by} ${clientId}`);
    if (known !== undefined && known.text !== text) throw toWireError('client-id-reused');
    if (known !== undefined) return known.result;
    const id = `${this.info.id}-${this.log.events.length + 1}` as MessageId;
    const { epoch, seq, at } = this.log.append('message.posted', by, {
      id,
      clientId: clientId as Message['clientId'],
      text,
      ...context,
      ...namedBy(text),
    });
    if (showsInRoom(context)) {
      this.members.set(by, { ...this.members.get(by), readSeq: seq, readCount: this.log.position.count });
    }
    const result = { id, epoch, seq, postedAt: at };
    this.#answers.set(`${by} ${clientId}`, { text, result });
    return result;
  }

  edit(by: UserId, id: MessageId, text: string): Message {
    if (this.message(id).deletedAt !== null) throw toWireError('message-deleted');
    const { mentionsAll: _, ...named } = namedBy(text);
    this.log.append('message.edited', by, { id, text, ...named });
    return this.message(id);
  }

  remove(by: UserId, id: MessageId): Message {
    if (this.message(id).deletedAt === null) {
      this.log.wipe(id);
      const { seq, ...message } = this.message(id);
      const place = showsInRoom(message) ? {} : { inThread: true as const };
      this.log.append('message.deleted', by, { id, postedSeq: seq, ...place });
    }
    return this.message(id);
  }

  react(by: UserId, id: MessageId, emoji: string, on: boolean): Message['reactions'] {
    const { reactions, deletedAt } = this.message(id, by);
    if (deletedAt !== null && on) throw toWireError('message-deleted');
    const isOn = reactions?.some((each) => each.emoji === emoji && each.mine) ?? false;
    if (isOn !== on) this.log.append(on ? 'reaction.added' : 'reaction.removed', by, { message: id, emoji });
    return this.message(id, by).reactions;
  }

  read(user: UserId, seq: number): ReadCursor {
    const readSeq = Math.min(seq, this.log.events.length);
    if (readSeq > (this.members.get(user)?.readSeq ?? 0)) this.#readTo(user, readSeq);
    return this.#cursor(user);
  }

  /** As the inbox is told; the caller tells it. */
  markUnread(user: UserId, seq: number): ReadCursor {
    const rewinds = (this.members.get(user)?.rewinds ?? 0) + 1;
    this.#readTo(user, Math.min(seq - 1, this.log.events.length), { rewinds });
    return this.#cursor(user);
  }

  #readTo(user: UserId, readSeq: number, rest: { rewinds?: number } = {}): void {
    const isCounted = (event: LoggedEvent) => event.event === 'message.posted' && showsInRoom(event.data);
    const readCount = this.log.events.slice(0, readSeq).filter(isCounted).length;
    this.members.set(user, { ...this.members.get(user), readSeq, readCount, ...rest });
  }

  #cursor(user: UserId): ReadCursor {
    const { readSeq = 0, readCount = 0, rewinds = 0 } = this.membership(user) ?? {};
    return { readSeq, readCount, rewinds, atSeq: this.log.events.length };
  }

  /** As `me` sees it. */
  message(id: MessageId, me: UserId | null = null): Message {
    const found = this.messages(me).find((message) => message.id === id);
    if (found === undefined) throw toWireError('not-found');
    return found;
  }

  messages(me: UserId | null = null): Message[] {
    const messages = new Map<MessageId, Message>();
    for (const event of this.log.events) {
      if (event.event === 'message.posted') messages.set(event.data.id, postedMessage(event));
      const changed = messages.get(changedMessage(event) ?? ('' as MessageId));
      if (changed) messages.set(changed.id, foldMessage(changed, event, me));
    }
    return [...messages.values()];
  }

  notices(): Notice[] {
    return this.log.events
      .filter(({ event }) => isLine(event))
      .map(({ seq, at, by, event, data }) => ({ seq, at, by, event, data }));
  }

  page({ before, after, around, thread, limit = 50 }: Params<'message.list'>, me: UserId | null = null): TimelinePage {
    const every = this.messages(me);
    const messages = every.filter((message) => (thread ? message.thread === thread : showsInRoom(message)));
    const notices = thread ? [] : this.notices();
    const seqs = [...messages, ...notices].map(({ seq }) => seq).sort((a, b) => a - b);
    let shown = seqs.slice(-limit);
    if (before !== undefined) shown = seqs.filter((seq) => seq < before).slice(-limit);
    else if (after !== undefined) shown = seqs.filter((seq) => seq > after).slice(0, limit);
    else if (around !== undefined) {
      const middle = seqs.findIndex((seq) => seq >= around);
      const start = Math.max(0, (middle < 0 ? seqs.length : middle) - Math.floor(limit / 2));
      shown = seqs.slice(start, start + limit);
    }
    const fromSeq = shown[0] ?? before ?? after ?? 0;
    const toSeq = shown.at(-1) ?? fromSeq;
    const inside = ({ seq }: { seq: number }) => shown.includes(seq);
    return {
      messages: messages.filter(inside),
      ...(thread ? { root: this.message(thread, me) } : {}),
      quoted: every.filter(({ id }) => messages.some((each) => inside(each) && each.quote === id)),
      notices: notices.filter(inside),
      people: [],
      fromSeq,
      toSeq,
      earlier: seqs.some((seq) => seq < fromSeq),
      later: seqs.some((seq) => seq > toSeq),
      position: this.log.position,
    };
  }
}
