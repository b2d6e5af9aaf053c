export { deleteMessage } from './delete-message.ts';
export { editMessage } from './edit-message.ts';
export { listMessages } from './list-messages.ts';
export { roomOfMessage } from './message-store.ts';
export { postMessage } from './post-message.ts';
export { showMessage } from './show-message.ts';
export { repliesOf } from './thread-store.ts';
