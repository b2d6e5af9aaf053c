export { unreadMentions } from './unread-mentions.ts';
