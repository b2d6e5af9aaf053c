export { followPosted, forgetThreads } from './follow-posted.ts';
export { followThread } from './follow-thread.ts';
export { listThreads, unreadThreads } from './list-threads.ts';
export { markThreadRead } from './mark-thread-read.ts';
export { showThread } from './show-thread.ts';
export { unfollowThread } from './unfollow-thread.ts';
