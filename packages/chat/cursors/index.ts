export { deleteCursor } from './delete-cursor.ts';
export { listCursors } from './list-cursors.ts';
export { saveCursor } from './save-cursor.ts';
export { showCursor } from './show-cursor.ts';
