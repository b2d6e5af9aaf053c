export { addEmoji } from './add-emoji.ts';
export { isEmojiThere } from './emoji-store.ts';
export { listEmoji } from './list-emoji.ts';
export { removeEmoji } from './remove-emoji.ts';
export { renameEmoji } from './rename-emoji.ts';
export { showPicture } from './show-picture.ts';
