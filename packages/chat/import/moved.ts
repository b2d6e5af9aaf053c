import type { InviteId, MessageId, Role, RoomId, RoomKind, SpaceId, UserId } from '@confab/protocol';

/** What an export was taken from: its kind and which of them, and the space that it is brought into. */
export type Source = string;

/** Somebody of an export, as they are to be here. `key`: what the export knows them by. */
export interface BroughtPerson {
  readonly key: string;
  readonly user: UserId;
  /** Absent: `user` is an account that was here before. */
  readonly account?: {
    readonly handle: string;
    readonly name: string;
    readonly kind: 'person' | 'bot';
    readonly disabled: boolean;
  };
  /** With which role they come into the space, if they do. */
  readonly role: Role | null;
  /** By which they take the account over. */
  readonly invite?: { readonly id: InviteId; readonly tokenHash: string; readonly hint: string };
}

/** A room of an export, as it is to be here. */
export interface BroughtRoom {
  readonly key: string;
  readonly id: RoomId;
  readonly kind: RoomKind;
  readonly visibility: 'public' | 'private';
  readonly name: string;
  readonly topic: string;
  readonly createdAt: number;
  readonly createdBy: UserId;
  /** Directs and groups: everybody in it, ascending. */
  readonly people?: readonly UserId[];
  readonly archived: boolean;
}

export interface BroughtMember {
  readonly user: UserId;
  readonly role: Role;
}

interface Happened {
  /** When it happened, Unix milliseconds. */
  readonly at: number;
  /** Tells it apart from others of that moment, and orders them. */
  readonly key: string;
  readonly by: UserId;
}

export interface BroughtPost extends Happened {
  readonly what: 'post';
  readonly message: MessageId;
  readonly text: string;
  readonly thread?: MessageId;
  readonly alsoInRoom?: true;
  readonly style?: 'me';
  /** The rest of a text that was too long for one message. */
  readonly continues?: true;
  readonly mentions?: readonly UserId[];
  readonly mentionsAll?: 'room' | 'here';
}

export interface BroughtEdit extends Happened {
  readonly what: 'edit';
  readonly message: MessageId;
  readonly text: string;
  readonly mentions?: readonly UserId[];
}

export interface BroughtReaction extends Happened {
  readonly what: 'reaction';
  readonly message: MessageId;
  readonly emoji: string;
}

export interface BroughtPin extends Happened {
  readonly what: 'pin';
  readonly message: MessageId;
}

/** What happened in a room; they come in the order of (at, key). */
export type BroughtItem = BroughtPost | BroughtEdit | BroughtReaction | BroughtPin;

/** What became of an item. */
export type Outcome =
  | 'brought'
  /** It had been brought before. */
  | 'already'
  /** It is older than what was brought before, and was not among it. */
  | 'older'
  /** The message that it is about is not there. */
  | 'no-message'
  /** As many as there may be are there. */
  | 'too-many';

export type Outcomes = Readonly<Record<string, number>>;

export interface SpaceToFill {
  readonly id: SpaceId;
  readonly name: string;
  /** In whose name things are done that nobody is known to have done. */
  readonly owner: UserId;
  readonly rooms: number;
}
