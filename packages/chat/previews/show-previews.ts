import type { MessageId, Preview } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { JobHandlers } from '../jobs/index.ts';
import { tellPreviews } from './find-links.ts';
import { deletePreviews, previewState, setPreviews } from './preview-store.ts';

/** Pages that a message links to; what they say of themselves comes from outside the database. */
export const showPreviews: JobHandlers['previews'] = {
  *run(tx, { subject, data: { room } }, outcome): Step<void> {
    const message = subject as MessageId;
    const row = yield* sql.get<{ deleted_at: number | null }>('SELECT deleted_at FROM messages WHERE id = ?', message);
    const state = yield* previewState(message);
    if (row?.deleted_at !== null || state === 'removed') return;
    const previews = outcome as Preview[];
    if (previews.length > 0) yield* setPreviews(message, previews);
    else if (state === 'none') return;
    else yield* deletePreviews(message);
    yield* tellPreviews(tx, room, message, null, previews);
  },
};
