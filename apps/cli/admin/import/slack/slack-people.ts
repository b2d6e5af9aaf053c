import type { ExportPerson } from '../export-model.ts';
import type { SlackMessage, SlackProfile, SlackUser } from './slack-shapes.ts';

const shownName = (profile: SlackProfile | undefined): string =>
  profile?.display_name || profile?.real_name || profile?.first_name || profile?.name || '';

export function personOfUser(user: SlackUser, key: string): ExportPerson {
  const name = user.profile?.real_name || user.real_name || shownName(user.profile) || user.name || key;
  return {
    key,
    handle: user.name || user.profile?.display_name || name,
    name,
    email: user.profile?.email ?? '',
    kind: user.is_bot === true || key === 'USLACKBOT' ? 'bot' : 'person',
    disabled: user.deleted === true,
    guest: user.is_restricted === true || user.is_ultra_restricted === true,
  };
}

/** Somebody who wrote and whom the list of users does not name: of another company in a shared channel, or a program. */
export function personOfMessage(message: SlackMessage, key: string): ExportPerson {
  const isBot = message.user === undefined || message.user === 'USLACKBOT' || message.bot_id !== undefined;
  const told = isBot ? message.username || message.bot_profile?.name : '';
  const name = told || shownName(message.user_profile) || (message.user === 'USLACKBOT' ? 'Slackbot' : key);
  return {
    key,
    handle: message.user_profile?.name || name,
    name,
    email: '',
    kind: isBot ? 'bot' : 'person',
    // Of somebody who is not in this workspace no account waits for anybody.
    disabled: !isBot,
    guest: false,
  };
}

/** Who wrote a message, by the key of a person. */
export function authorOf(message: SlackMessage): string | undefined {
  const { user, bot_id: bot, username, comment } = message;
  if (message.subtype === 'file_comment' && comment?.user) return comment.user;
  if (user) return user;
  if (bot) return `bot:${bot}`;
  return username ? `bot:${username}` : undefined;
}
