import type { Language, MessageId, RoomId } from '@confab/protocol';

/** What a mail says of a message. Where its words are not to be shown, it says only that there is one. */
export interface MailedMessage {
  readonly room: RoomId;
  readonly message: MessageId;
  readonly author: string;
  /** What its room is called, a channel with its `#`; empty for a direct and for a group without a name. */
  readonly place: string;
  readonly text: string;
}

/** Whom a mail is for. */
export interface MailedPerson {
  readonly name: string;
  readonly address: string;
  /** What they read. */
  readonly language: Language;
}

/** What a mail tells of. */
export interface NextDigest extends MailedPerson {
  readonly hidden: boolean;
  /** The oldest first, so many as a mail holds. */
  readonly messages: readonly MailedMessage[];
  /** How many there are besides. */
  readonly rest: number;
  /** All that were looked at, be it that there is nothing to tell of them any more. */
  readonly told: readonly MessageId[];
}
