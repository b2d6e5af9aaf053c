export { forgetMentionsInThreads, mentionsOf, readMentionsInThread } from './mention-store.ts';
export { changeMentions, dropMentions, keepMentions } from './message-consequences.ts';
export { namedIn } from './named-in.ts';
export { nobodyCalled, type Online, peopleCalled } from './people-called.ts';
export { threadMentionsIn, unreadInThreads, unreadMentions } from './unread-mentions.ts';
