import { operation } from '../operation.ts';
import { draftsOf } from './draft-store.ts';

export const listDrafts = operation({
  name: 'draft.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }) {
    return { drafts: yield* draftsOf(actor.user) };
  },
});
