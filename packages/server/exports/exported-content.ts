import type { Readable } from 'node:stream';
import type { ExportedFile } from '@confab/chat';
import type { StreamedEntry } from './zip-stream.ts';

/** The content of a hash; `null` when it is not there any more. */
export type OpenContent = (sha256: string) => Promise<Readable | null>;

/** Where a file lies in an export. Names are clean already, and may be those of others too. */
export const placeOf = ({ id, name }: Pick<ExportedFile, 'id' | 'name'>): string => `files/${id}/${name}`;

const packedKinds: ReadonlySet<ExportedFile['kind']> = new Set(['picture', 'video', 'sound', 'archive']);

/** Files with their content, one after another; those without are told in `missing`. */
export async function* streamedFiles(
  files: readonly ExportedFile[],
  open: OpenContent,
  missing: Set<string>,
): AsyncGenerator<StreamedEntry> {
  for (const file of files) {
    const bytes = await open(file.sha256);
    if (bytes) yield { name: placeOf(file), bytes, size: file.size, packs: !packedKinds.has(file.kind) };
    else missing.add(file.id);
  }
}
