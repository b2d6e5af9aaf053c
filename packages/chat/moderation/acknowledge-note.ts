import { inboxLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { deleteNote } from './note-store.ts';

export const acknowledgeNote = operation({
  name: 'moderation.acknowledge',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { seq }) {
    if (yield* deleteNote(actor.user, seq)) {
      const seen = { log: inboxLog(actor.user), name: 'inbox.moderation-note-seen', by: actor.user } as const;
      yield* append(tx, { ...seen, data: { seq } });
    }
    return {};
  },
});
