import type { FileKind } from '@confab/protocol';

const types: Readonly<Record<Exclude<FileKind, 'text' | 'other'>, readonly string[]>> = {
  picture: [
    ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp', 'image/tiff'],
    ...['image/heic', 'image/heif'],
  ],
  video: ['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime', 'video/x-matroska'],
  sound: [
    ...['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/ogg', 'audio/webm', 'audio/wav', 'audio/aac', 'audio/flac'],
    'audio/x-matroska',
  ],
  pdf: ['application/pdf'],
  archive: [
    ...['application/zip', 'application/x-tar', 'application/gzip', 'application/x-bzip2', 'application/x-xz'],
    ...['application/zstd', 'application/x-7z-compressed', 'application/x-rar-compressed'],
  ],
};

const kinds = new Map(
  Object.entries(types).flatMap(([kind, all]) => all.map((type) => [type, kind as FileKind] as const)),
);

/** What is none of those that are shown or listed is `other`: documents of office programs among them. */
export const kindOf = (type: string): FileKind => kinds.get(type) ?? 'other';

/** The name that browsers know a type by, where another is in use as well. */
export const usualNames: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heif',
  'video/x-m4v': 'video/mp4',
  'video/matroska': 'video/x-matroska',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  // A program for Java or Android is a ZIP archive.
  'application/java-archive': 'application/zip',
  'application/vnd.android.package-archive': 'application/zip',
};

/** The same holding sound alone. */
export const soundTypes: Readonly<Record<string, string>> = {
  'video/mp4': 'audio/mp4',
  'video/quicktime': 'audio/mp4',
  'video/webm': 'audio/webm',
  'video/x-matroska': 'audio/x-matroska',
};

/** Archives in which there are names to list. */
export const listed: ReadonlySet<string> = new Set(['application/zip', 'application/x-tar', 'application/gzip']);
