import { accountCommands } from './accounts.ts';
import { blockCommands } from './blocks.ts';
import { bookmarkCommands } from './bookmarks.ts';
import { broadcastCommands } from './broadcasts.ts';
import { connectionCommands } from './connection.ts';
import { cursorCommands } from './cursors.ts';
import { customEmojiCommands } from './custom-emoji.ts';
import { directCommands } from './directs.ts';
import { draftCommands } from './drafts.ts';
import { exportCommands } from './exports.ts';
import { fileCommands } from './files.ts';
import { logCommands } from './logs.ts';
import { mailCommands } from './mail.ts';
import { mentionCommands } from './mentions.ts';
import { messageCommands } from './messages.ts';
import { moderationCommands } from './moderation.ts';
import { peerCommands } from './peers.ts';
import { peopleGroupCommands } from './people-groups.ts';
import { pictureCommands } from './pictures.ts';
import { pinCommands } from './pins.ts';
import { pollCommands } from './polls.ts';
import { presenceCommands } from './presence.ts';
import { previewCommands } from './previews.ts';
import { pushCommands } from './push.ts';
import { reactionCommands } from './reactions.ts';
import { receiptCommands } from './receipts.ts';
import { reminderCommands } from './reminders.ts';
import { roomDescriptionCommands } from './room-descriptions.ts';
import { roomRuleCommands } from './room-rules.ts';
import { roomCommands } from './rooms.ts';
import { scheduledCommands } from './scheduled.ts';
import type { Static } from './schema.ts';
import { searchCommands } from './search.ts';
import { sectionCommands } from './sections.ts';
import { settingsCommands } from './settings.ts';
import { spaceCommands } from './spaces.ts';
import { statusCommands } from './status-commands.ts';
import { threadCommands } from './threads.ts';
import { typingCommands } from './typing.ts';
import { webhookCommands } from './webhooks.ts';
import { welcomeCommands } from './welcome.ts';

/**
 * Every command there is: its parameters, its result, and its HTTP route under `/api/v1` (`null`: only on a
 * connection). Path parameters and, for GET and DELETE, the query string are parameters like those of the body.
 */
export const commands = {
  ...connectionCommands,
  ...logCommands,
  ...accountCommands,
  ...settingsCommands,
  ...statusCommands,
  ...spaceCommands,
  ...welcomeCommands,
  ...roomCommands,
  ...roomRuleCommands,
  ...roomDescriptionCommands,
  ...directCommands,
  ...blockCommands,
  ...messageCommands,
  ...fileCommands,
  ...mentionCommands,
  ...searchCommands,
  ...peopleGroupCommands,
  ...customEmojiCommands,
  ...pictureCommands,
  ...reactionCommands,
  ...pinCommands,
  ...previewCommands,
  ...pollCommands,
  ...threadCommands,
  ...pushCommands,
  ...mailCommands,
  ...scheduledCommands,
  ...draftCommands,
  ...reminderCommands,
  ...bookmarkCommands,
  ...exportCommands,
  ...sectionCommands,
  ...presenceCommands,
  ...receiptCommands,
  ...typingCommands,
  ...broadcastCommands,
  ...peerCommands,
  ...moderationCommands,
  ...webhookCommands,
  ...cursorCommands,
} as const;

export type CommandName = keyof typeof commands;
export type Params<Name extends CommandName> = Static<(typeof commands)[Name]['params']>;
export type Result<Name extends CommandName> = Static<(typeof commands)[Name]['result']>;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
