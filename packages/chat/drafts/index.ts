export { draftsOf } from './draft-store.ts';
export { listDrafts } from './list-drafts.ts';
export { saveDraft } from './save-draft.ts';
