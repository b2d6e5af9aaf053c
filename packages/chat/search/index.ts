export { indexEarlier } from './index-earlier.ts';
export { indexEdited, indexPosted, unindexDeleted } from './keep-index.ts';
