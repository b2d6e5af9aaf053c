import { inboxEvents } from './accounts.ts';
import { blockEvents } from './blocks.ts';
import { bookmarkEvents } from './bookmarks.ts';
import { broadcastEvents } from './broadcasts.ts';
import { connectionEvents } from './connection.ts';
import { customEmojiEvents } from './custom-emoji.ts';
import { draftEvents } from './drafts.ts';
import { exportEvents } from './exports.ts';
import { fileEvents } from './files.ts';
import type { LogId, UserId } from './ids.ts';
import { membershipEvents } from './membership.ts';
import { mentionEvents } from './mentions.ts';
import { messageEvents } from './messages.ts';
import { moderationEvents } from './moderation.ts';
import { peerEvents } from './peers.ts';
import { peopleGroupEvents } from './people-groups.ts';
import { pictureEvents } from './pictures.ts';
import { pinEvents } from './pins.ts';
import { pollEvents } from './polls.ts';
import { presenceEvents } from './presence.ts';
import { previewEvents } from './previews.ts';
import { reactionEvents } from './reactions.ts';
import { receiptEvents, receiptRoomEvents } from './receipts.ts';
import { reminderEvents } from './reminders.ts';
import { roomDescriptionEvents } from './room-descriptions.ts';
import { roomRuleEvents } from './room-rules.ts';
import { roomEvents } from './rooms.ts';
import { scheduledEvents } from './scheduled.ts';
import type { Static } from './schema.ts';
import { sectionEvents } from './sections.ts';
import { settingsEvents } from './settings.ts';
import { spaceEvents } from './spaces.ts';
import { threadEvents } from './threads.ts';
import { typingEvents } from './typing.ts';
import { welcomeEvents } from './welcome.ts';

/** Events that are stored and numbered, by the kind of log that they stand in. */
export const loggedEvents = {
  ...roomEvents,
  ...roomRuleEvents,
  ...roomDescriptionEvents,
  ...pictureEvents,
  ...messageEvents,
  ...reactionEvents,
  ...pinEvents,
  ...previewEvents,
  ...fileEvents,
  ...pollEvents,
  ...receiptRoomEvents,
  ...spaceEvents,
  ...welcomeEvents,
  ...inboxEvents,
  ...blockEvents,
  ...threadEvents,
  ...membershipEvents,
  ...mentionEvents,
  ...customEmojiEvents,
  ...peopleGroupEvents,
  ...settingsEvents,
  ...scheduledEvents,
  ...reminderEvents,
  ...bookmarkEvents,
  ...exportEvents,
  ...sectionEvents,
  ...moderationEvents,
} as const;
/** Events that may be dropped; they have no seq. */
export const ephemeralEvents = {
  ...typingEvents,
  ...draftEvents,
  ...presenceEvents,
  ...receiptEvents,
  ...broadcastEvents,
  ...peerEvents,
} as const;
export { connectionEvents };

export type LoggedEventName = keyof typeof loggedEvents;
export type EphemeralEventName = keyof typeof ephemeralEvents;
export type ConnectionEventName = keyof typeof connectionEvents;

type DataOf<
  Table extends Record<string, { data: unknown }>,
  Name extends keyof Table,
> = Table[Name]['data'] extends infer Schema
  ? Schema extends import('typebox').TSchema
    ? Static<Schema>
    : never
  : never;

/** A stored event, as a union over its name. */
export type LoggedEvent = {
  [Name in LoggedEventName]: {
    event: Name;
    log: LogId;
    epoch: number;
    seq: number;
    at: number;
    by: UserId | null;
    data: DataOf<typeof loggedEvents, Name>;
  };
}[LoggedEventName];

/** An ephemeral event. `log` is set when it belongs to one (typing). */
export type EphemeralEvent = {
  [Name in EphemeralEventName]: { event: Name; log?: LogId; at: number; data: DataOf<typeof ephemeralEvents, Name> };
}[EphemeralEventName];

export type ConnectionEvent = {
  [Name in ConnectionEventName]: { event: Name; data: DataOf<typeof connectionEvents, Name> };
}[ConnectionEventName];

export type EventFrame = LoggedEvent | EphemeralEvent | ConnectionEvent;
