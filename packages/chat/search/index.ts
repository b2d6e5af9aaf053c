export { indexEarlier } from './index-earlier.ts';
export { indexFresh } from './index-fresh.ts';
export { addAllToIndex } from './index-store.ts';
export { indexEdited, indexPosted, unindexDeleted, wakeIndex } from './keep-index.ts';
export { searchMessages } from './search-messages.ts';
