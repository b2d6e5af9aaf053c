export { checkedContext } from './checked-context.ts';
export { deleteMessage } from './delete-message.ts';
export { editMessage } from './edit-message.ts';
export { listMessages } from './list-messages.ts';
export { messagesInAnyRoom, newestReplies, roomOfMessage } from './message-store.ts';
export { postAs, postMessage } from './post-message.ts';
export { showHistory } from './show-history.ts';
export { showMessage } from './show-message.ts';
export { repliesOf, threadOf } from './thread-store.ts';
