import type { ErrorCode, MessageId, UserId } from '@confab/protocol';

/** What a post says, with the messages that it names. */
export interface ModelPost {
  readonly clientId: string;
  readonly text: string;
  readonly thread: ModelMessage | null;
  readonly alsoInRoom: boolean;
  readonly quote: ModelMessage | null;
}

/** What a room should be like, kept in plain arrays: slow, small, and obviously right. */
export interface ModelMessage {
  readonly id: MessageId;
  readonly author: number;
  readonly post: ModelPost;
  readonly seq: number;
  /** Whose thread it is a reply in. */
  readonly root: ModelMessage | null;
  readonly inRoom: boolean;
  text: string;
  earlier: string[];
  edited: boolean;
  deleted: boolean;
  /** In the order in which the emoji came, each with people in the order in which they did. */
  reactions: { readonly emoji: string; readonly people: number[] }[];
}

export interface ModelEvent {
  readonly event: string;
  readonly by: UserId;
  readonly about?: ModelMessage;
  readonly data?: unknown;
}

export interface ModelCursor {
  readonly readSeq: number;
  readonly readCount: number;
}

export interface ModelStanding {
  readonly following: boolean;
  readonly readIndex: number;
  readonly replies: number;
}

/** People are numbers; 0 owns the space, the others are members of it. */
export class RoomModel {
  readonly people: readonly UserId[];
  readonly events: ModelEvent[] = [];
  readonly messages: ModelMessage[] = [];
  /** Up to where each member has read. */
  readonly members = new Map<number, number>();
  /** What people noted of threads, by person and root. */
  readonly #follows = new Map<string, { readonly following: boolean; readonly readIndex: number }>();
  name: string;
  archived = false;

  constructor(people: readonly UserId[], name: string) {
    this.people = people;
    this.name = name;
  }

  get head(): number {
    return this.events.length;
  }

  /** Posts up to a seq that show in the room. */
  countAt(seq: number): number {
    return this.messages.filter((message) => message.inRoom && message.seq <= seq).length;
  }

  /** What was deleted further on is as good as read. */
  cursor(who: number): ModelCursor | undefined {
    const readSeq = this.members.get(who);
    if (readSeq === undefined) return undefined;
    const gone = this.messages.filter((message) => message.inRoom && message.deleted && message.seq > readSeq);
    return { readSeq, readCount: this.countAt(readSeq) + gone.length };
  }

  repliesTo(root: ModelMessage): ModelMessage[] {
    return this.messages.filter((message) => message.root === root);
  }

  /** What a post must be answered with: a refusal, the message of an earlier one, or `null` for a new one. */
  expectPost(who: number, post: ModelPost): ErrorCode | ModelMessage | null {
    if (!this.members.has(who)) return 'forbidden';
    const earlier = this.messages.find((each) => each.author === who && each.post.clientId === post.clientId);
    if (earlier) return earlier.deleted || isSame(earlier.post, post) ? earlier : 'client-id-reused';
    if (this.archived) return 'room-archived';
    if (post.alsoInRoom && post.thread === null) return 'invalid-params';
    return post.quote?.deleted ? 'message-deleted' : null;
  }

  posted(who: number, post: ModelPost, id: MessageId): void {
    const root = post.thread === null ? null : (post.thread.root ?? post.thread);
    const message: ModelMessage = {
      ...{ id, author: who, post, seq: this.head + 1, root, inRoom: root === null || post.alsoInRoom },
      ...{ text: post.text, earlier: [], edited: false, deleted: false, reactions: [] },
    };
    this.messages.push(message);
    this.#happened('message.posted', who, { about: message });
    if (message.inRoom) this.members.set(who, message.seq);
    if (root === null) return;
    const replies = this.repliesTo(root).length;
    this.#note(who, root, { following: true, readIndex: replies });
    const known = this.#follows.has(key(root.author, root));
    if (replies === 1 && !known && this.members.has(root.author)) {
      this.#note(root.author, root, { following: true, readIndex: 0 });
    }
  }

  edit(who: number, message: ModelMessage, text: string): ErrorCode | undefined {
    if (message.author !== who || !this.members.has(who)) return 'forbidden';
    if (message.deleted) return 'message-deleted';
    if (this.archived) return 'room-archived';
    if (text === message.text) return undefined;
    message.earlier.push(message.text);
    message.text = text;
    message.edited = true;
    this.#happened('message.edited', who, { about: message, data: { text } });
    return undefined;
  }

  delete(who: number, message: ModelMessage): ErrorCode | undefined {
    if (who !== 0 && (message.author !== who || !this.members.has(who))) return 'forbidden';
    if (message.deleted) return undefined;
    Object.assign(message, { text: '', earlier: [], deleted: true, reactions: [] });
    this.#happened('message.deleted', who, { about: message });
    return undefined;
  }

  react(who: number, message: ModelMessage, emoji: string, on: boolean): ErrorCode | undefined {
    if (!this.members.has(who)) return 'forbidden';
    if (on && message.deleted) return 'message-deleted';
    if (this.archived) return 'room-archived';
    const there = message.reactions.find((each) => each.emoji === emoji);
    if ((there?.people.includes(who) ?? false) === on) return undefined;
    if (on) {
      if (there) there.people.push(who);
      else message.reactions.push({ emoji, people: [who] });
    } else {
      there?.people.splice(there.people.indexOf(who), 1);
      message.reactions = message.reactions.filter(({ people }) => people.length > 0);
    }
    this.#happened(on ? 'reaction.added' : 'reaction.removed', who);
    return undefined;
  }

  standing(who: number, message: ModelMessage): ModelStanding {
    const root = message.root ?? message;
    const replies = this.repliesTo(root).length;
    const noted = this.members.has(who) ? this.#follows.get(key(who, root)) : undefined;
    return { following: false, readIndex: replies, ...noted, replies };
  }

  follow(who: number, message: ModelMessage, following: boolean): ErrorCode | undefined {
    if (!this.members.has(who)) return 'forbidden';
    const root = message.root ?? message;
    const { readIndex, replies, following: before } = this.standing(who, root);
    if (following !== before || !following) {
      this.#note(who, root, { following, readIndex: following ? replies : readIndex });
    }
    return undefined;
  }

  readThread(who: number, message: ModelMessage, index: number): ErrorCode | undefined {
    if (!this.members.has(who)) return 'forbidden';
    const root = message.root ?? message;
    const { following, readIndex, replies } = this.standing(who, root);
    if (following) this.#note(who, root, { following, readIndex: Math.max(readIndex, Math.min(index, replies)) });
    return undefined;
  }

  join(who: number): ErrorCode | undefined {
    if (this.members.has(who)) return undefined;
    if (this.archived) return 'room-archived';
    this.#happened('room.member-joined', who);
    this.members.set(who, this.head);
    return undefined;
  }

  leave(who: number): ErrorCode | undefined {
    if (!this.members.delete(who)) return 'forbidden';
    for (const message of this.messages) this.#follows.delete(key(who, message));
    this.#happened('room.member-left', who);
    return undefined;
  }

  read(who: number, seq: number): ErrorCode | ModelCursor {
    const readSeq = this.members.get(who);
    if (readSeq === undefined) return 'forbidden';
    this.members.set(who, Math.max(readSeq, Math.min(seq, this.head)));
    return this.cursor(who) ?? 'forbidden';
  }

  rename(who: number, name: string): ErrorCode | undefined {
    if (who !== 0) return 'forbidden';
    if (this.archived) return 'room-archived';
    if (name === this.name) return undefined;
    this.name = name;
    this.#happened('room.renamed', who);
    return undefined;
  }

  setArchived(who: number, archived: boolean): ErrorCode | undefined {
    if (who !== 0) return 'forbidden';
    if (archived === this.archived) return undefined;
    this.archived = archived;
    this.#happened(archived ? 'room.archived' : 'room.unarchived', who);
    return undefined;
  }

  #note(who: number, root: ModelMessage, follow: { following: boolean; readIndex: number }): void {
    this.#follows.set(key(who, root), follow);
  }

  #happened(event: string, who: number, more: Pick<ModelEvent, 'about' | 'data'> = {}): void {
    const by = this.people[who];
    if (by === undefined) throw new Error('There is no such person.');
    this.events.push({ event, by, ...more });
  }
}

const key = (who: number, root: ModelMessage): string => `${who} ${root.id}`;

function isSame(one: ModelPost, other: ModelPost): boolean {
  if (one.text !== other.text || one.alsoInRoom !== other.alsoInRoom) return false;
  return one.thread === other.thread && one.quote === other.quote;
}
