import { operation } from '../operation.ts';
import { versionsOf } from './version-store.ts';

export const showHistory = operation({
  name: 'message.history',
  kind: 'read',
  access: { who: 'message', only: 'readers' },
  limit: 'read',
  *run({ reached }) {
    const { id, text, postedAt, editedAt, deletedAt } = reached;
    if (deletedAt !== null) return { versions: [] };
    return { versions: [...(yield* versionsOf(id)), { text, at: editedAt ?? postedAt }] };
  },
});
