import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { type JobHandlers, scheduleJob } from '../jobs/index.ts';
import { doomedBlobs, dropBlob, dropOldClaims, forgetBlob } from './blob-store.ts';
import { deleteFile } from './delete-file.ts';
import { forgottenFiles } from './file-store.ts';

/** Slices that kept content is looked through in, one at a time. */
export const sweepSlices = 64;
const bounds = { filesAtOnce: 100, blobsAtOnce: 1_000, everyMs: 20 * 60_000 } as const;

/** Deletes what nobody posts, and content that nothing has; its data is the slice that was looked through. */
export const sweepFiles: JobHandlers['file-sweep'] = {
  *run(tx, { data: { slice } }, outcome): Step<void> {
    const forgotten = yield* forgottenFiles(tx.now - limits.waitingFileMs, bounds.filesAtOnce);
    for (const row of forgotten) yield* deleteFile(tx, row);
    yield* dropOldClaims(tx.now);
    const left = [...(outcome as readonly string[]), ...(yield* doomedBlobs(bounds.blobsAtOnce))];
    for (const blob of left.slice(0, bounds.blobsAtOnce)) yield* dropBlob(tx, blob);
    const again = forgotten.length === bounds.filesAtOnce;
    const next = again ? { slice } : { slice: (slice + 1) % sweepSlices };
    const dueAt = again ? tx.now : tx.now + bounds.everyMs;
    yield* scheduleJob(tx, { kind: 'file-sweep', subject: 'all', lane: 'files', dueAt, data: next });
  },
  *gaveUp(tx, { data }) {
    const dueAt = tx.now + bounds.everyMs;
    yield* scheduleJob(tx, { kind: 'file-sweep', subject: 'all', lane: 'files', dueAt, data });
  },
};

/** Ends a piece of content whose bytes were deleted, which the outcome says. */
export const dropBlobs: JobHandlers['blob-drop'] = {
  *run(_tx, { subject }, outcome): Step<void> {
    if (outcome === true) yield* forgetBlob(subject);
  },
};
