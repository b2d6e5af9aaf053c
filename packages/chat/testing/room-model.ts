import type { ErrorCode, MessageId, UserId } from '@confab/protocol';

/** What a room should be like, kept in plain arrays: slow, small, and obviously right. */
export interface ModelMessage {
  readonly id: MessageId;
  readonly author: number;
  readonly clientId: string;
  readonly firstText: string;
  readonly seq: number;
  text: string;
  edited: boolean;
  deleted: boolean;
}

export interface ModelEvent {
  readonly event: string;
  readonly by: UserId;
  readonly about?: ModelMessage;
  readonly data?: unknown;
}

export interface ModelMember {
  readSeq: number;
  readCount: number;
}

/** People are numbers; 0 owns the space, the others are members of it. */
export class RoomModel {
  readonly people: readonly UserId[];
  readonly events: ModelEvent[] = [];
  readonly messages: ModelMessage[] = [];
  readonly members = new Map<number, ModelMember>();
  name: string;
  archived = false;

  constructor(people: readonly UserId[], name: string) {
    this.people = people;
    this.name = name;
  }

  get head(): number {
    return this.events.length;
  }

  countAt(seq: number): number {
    return this.events.slice(0, seq).filter((event) => event.event === 'message.posted').length;
  }

  /** What a post must be answered with: a refusal, the message of an earlier one, or `null` for a new one. */
  expectPost(who: number, clientId: string, text: string): ErrorCode | ModelMessage | null {
    if (!this.members.has(who)) return 'forbidden';
    const earlier = this.messages.find((message) => message.author === who && message.clientId === clientId);
    if (earlier) return earlier.firstText === text ? earlier : 'client-id-reused';
    return this.archived ? 'room-archived' : null;
  }

  posted(who: number, clientId: string, text: string, id: MessageId): void {
    const seq = this.head + 1;
    const message = { id, author: who, clientId, firstText: text, text, seq, edited: false, deleted: false };
    this.messages.push(message);
    this.#happened('message.posted', who, { about: message });
    const member = this.members.get(who);
    if (member) Object.assign(member, { readSeq: seq, readCount: this.countAt(seq) });
  }

  edit(who: number, message: ModelMessage, text: string): ErrorCode | undefined {
    if (message.author !== who || !this.members.has(who)) return 'forbidden';
    if (message.deleted) return 'message-deleted';
    if (this.archived) return 'room-archived';
    if (text === message.text) return undefined;
    message.text = text;
    message.edited = true;
    this.#happened('message.edited', who, { about: message, data: { text } });
    return undefined;
  }

  delete(who: number, message: ModelMessage): ErrorCode | undefined {
    if (who !== 0 && (message.author !== who || !this.members.has(who))) return 'forbidden';
    if (message.deleted) return undefined;
    message.text = '';
    message.deleted = true;
    this.#happened('message.deleted', who, { about: message });
    return undefined;
  }

  join(who: number): ErrorCode | undefined {
    if (this.members.has(who)) return undefined;
    if (this.archived) return 'room-archived';
    this.#happened('room.member-joined', who);
    this.members.set(who, { readSeq: this.head, readCount: this.countAt(this.head) });
    return undefined;
  }

  leave(who: number): ErrorCode | undefined {
    if (!this.members.delete(who)) return 'forbidden';
    this.#happened('room.member-left', who);
    return undefined;
  }

  read(who: number, seq: number): ErrorCode | ModelMember {
    const member = this.members.get(who);
    if (!member) return 'forbidden';
    const to = Math.min(seq, this.head);
    if (to > member.readSeq) Object.assign(member, { readSeq: to, readCount: this.countAt(to) });
    return member;
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

  #happened(event: string, who: number, more: Pick<ModelEvent, 'about' | 'data'> = {}): void {
    const by = this.people[who];
    if (by === undefined) throw new Error('There is no such person.');
    this.events.push({ event, by, ...more });
  }
}
