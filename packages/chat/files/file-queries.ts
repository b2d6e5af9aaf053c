import type { FileId, FileKind, RoomId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { reach } from '../access.ts';
import type { Actor } from '../actor.ts';
import { fileRow } from './file-store.ts';

/** A file whose bytes may have arrived, as it was announced. */
export interface AwaitedFile {
  readonly id: FileId;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** What its sender says is the hash of it; empty when they say nothing. */
  readonly sha256: string;
  /** It is the picture that a video is shown with. */
  readonly isPoster: boolean;
}

/** What is to be looked into, by the hash of its content. */
export interface FileToPreview {
  readonly blob: string;
  readonly kind: FileKind;
  readonly type: string;
  readonly name: string;
  readonly size: number;
}

/** What the asker has sent and nobody has looked at; `null`: that was done already. Refuses as their command would be. */
export function* awaitedFile({
  actor,
  file,
  now,
}: {
  actor: Actor;
  file: FileId;
  now: number;
}): Step<AwaitedFile | null> {
  yield* reach({ who: 'file', only: 'sender' }, actor, { file }, now);
  const row = yield* fileRow(file);
  if (row?.blob !== '') return null;
  const { id, name, sent, sha256, poster_of } = row;
  return { id, name, size: sent, sha256, isPoster: poster_of !== '' };
}

/** What a file is shown with: of a video the picture that its sender gave for it. */
export function* fileToPreview(file: FileId): Step<FileToPreview | null> {
  const row = yield* fileRow(file);
  if (!row || row.blob === '') return null;
  if (row.kind !== 'video') return row;
  return (
    (yield* sql.get<FileToPreview>(
      `SELECT blob, kind, type, name, size FROM files
       WHERE message_id IS NULL AND poster_of = ? AND blob <> '' ORDER BY begun_at DESC LIMIT 1`,
      file,
    )) ?? null
  );
}

/** Those of these files whose bytes are still expected. */
export function* expectedFiles(files: readonly FileId[]): Step<FileId[]> {
  const rows = yield* sql.all<{ id: FileId }>("SELECT id FROM files WHERE id = ANY (?) AND blob = ''", files);
  return rows.map(({ id }) => id);
}

/** What was announced of a file, and whether all of it has arrived. */
export interface AnnouncedFile {
  readonly name: string;
  /** Of what was sent, in bytes. */
  readonly size: number;
  readonly arrived: boolean;
}

export function* announcedFile(file: FileId): Step<AnnouncedFile | null> {
  const row = yield* fileRow(file);
  return row ? { name: row.name, size: row.sent, arrived: row.blob !== '' } : null;
}

export function* roomOfFile(file: FileId): Step<RoomId | undefined> {
  return (yield* fileRow(file))?.room_id;
}
