export { indexEarlier } from './index-earlier.ts';
export { indexFresh } from './index-fresh.ts';
export { indexEdited, indexPosted, unindexDeleted } from './keep-index.ts';
export { searchMessages } from './search-messages.ts';
