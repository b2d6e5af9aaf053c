import type { ArchiveEntry, FileId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { JobHandlers } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';
import { dropBlob, keepBlob } from './blob-store.ts';
import { deleteFile } from './delete-file.ts';
import { tellFile } from './describe-file.ts';
import { detailsOf, type FileDetails, type FileRow, fileRow, setDetails } from './file-store.ts';

/** A smaller picture of a file; its bytes lie under their hash. */
export interface MadePreview {
  readonly width: number;
  readonly type: 'image/webp' | 'image/avif';
  readonly blob: string;
  /** In bytes. */
  readonly size: number;
}

/** What was found out about a file by looking into it. */
export interface FileInsight {
  readonly previews: readonly MadePreview[];
  readonly details: Pick<FileDetails, 'width' | 'height' | 'blur' | 'pages' | 'animated'>;
  readonly entries?: { readonly entries: readonly ArchiveEntry[]; readonly more: boolean };
}

/** Looks into a file after it has arrived, whether it was posted meanwhile or not. */
export const showFilePreviews: JobHandlers['file-preview'] = {
  *run(tx, { subject }, outcome): Step<void> {
    const insight = outcome as FileInsight | null;
    const row = yield* fileRow(subject as FileId);
    if (row) return yield* show(tx, row, insight);
    for (const { blob } of insight?.previews ?? []) yield* dropBlob(tx, blob);
  },
  /** It stays a card: it cannot be looked into. */
  *gaveUp(tx, { subject }) {
    const row = yield* fileRow(subject as FileId);
    if (row) yield* show(tx, row, null);
  },
};

function* show(tx: Transaction, row: FileRow, insight: FileInsight | null): Step<void> {
  const { pending, ...about } = detailsOf(row);
  const previews = insight?.previews ?? [];
  for (const { width, type, blob, size } of previews) {
    yield* keepBlob(blob, size, row.id);
    yield* sql.run(
      `INSERT INTO file_previews (file_id, width, type, blob, size) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (file_id, width, type) DO NOTHING`,
      ...[row.id, width, type, blob, size],
    );
  }
  if (insight?.entries) {
    const { entries, more } = insight.entries;
    yield* sql.run(
      'INSERT INTO file_entries (file_id, entries, more) VALUES (?, ?, ?) ON CONFLICT (file_id) DO NOTHING',
      ...[row.id, JSON.stringify(entries), more ? 1 : 0],
    );
  }
  const details = { ...about, ...insight?.details };
  yield* setDetails(row.id, details);
  yield* dropPosters(tx, row);
  if (pending || previews.length > 0) yield* tellFile(tx, { ...row, details: JSON.stringify(details) }, null);
}

/** The picture that a sender gave for a video has done what it was for. */
function* dropPosters(tx: Transaction, { id, kind }: FileRow): Step<void> {
  if (kind !== 'video') return;
  const posters = yield* sql.all<{ id: FileId }>(
    "SELECT id FROM files WHERE message_id IS NULL AND poster_of = ? AND blob <> ''",
    id,
  );
  for (const poster of posters) {
    const row = yield* fileRow(poster.id);
    if (row) yield* deleteFile(tx, row);
  }
}
