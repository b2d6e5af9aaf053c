export { mentionsOf } from './mention-store.ts';
export { changeMentions, dropMentions, keepMentions } from './message-consequences.ts';
export { namedIn } from './named-in.ts';
export { unreadMentions } from './unread-mentions.ts';
