export { addBookmark } from './add-bookmark.ts';
export { listBookmarks } from './list-bookmarks.ts';
export { removeBookmark } from './remove-bookmark.ts';
