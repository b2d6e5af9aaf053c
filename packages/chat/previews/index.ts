export { previewEdited, previewPosted } from './find-links.ts';
export { dropPreviews, previewsOf } from './preview-store.ts';
export { removePreviews } from './remove-previews.ts';
export { showPreviews } from './show-previews.ts';
