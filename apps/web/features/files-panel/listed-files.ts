import type { File, FileGroup, LoggedEvent, PlacedFile, RoomId, UserId } from '@confab/protocol';
import { isInGroup } from '@confab/protocol/file-groups.ts';
import { parseLogId } from '@confab/protocol/ids.ts';

/** Which of a room's files are looked for; absent is all. */
export interface FileFilter {
  kind?: FileGroup;
  /** A part of the name. */
  name?: string;
  by?: UserId;
}

/** As the server compares names. */
const folded = (name: string): string => name.normalize('NFKC').toLowerCase();

const isWanted = (file: File, sender: UserId, { kind, name, by }: FileFilter): boolean =>
  (kind === undefined || isInGroup(file.kind, kind)) &&
  (by === undefined || by === sender) &&
  (name === undefined || folded(file.name).includes(folded(name)));

/** What an event brings to a list of its room's files; those that are there already stay once. */
export function withEvent(files: readonly PlacedFile[], event: LoggedEvent, filter: FileFilter): readonly PlacedFile[] {
  if (event.event === 'message.posted') return withPosted(files, event, filter);
  if (event.event === 'message.deleted') return without(files, ({ message }) => message === event.data.id);
  if (event.event === 'file.removed') return without(files, ({ file }) => file.id === event.data.file);
  if (event.event !== 'file.changed') return files;
  const { file } = event.data;
  return files.some((placed) => placed.file.id === file.id)
    ? files.map((placed) => (placed.file.id === file.id ? { ...placed, file } : placed))
    : files;
}

function without(files: readonly PlacedFile[], goes: (placed: PlacedFile) => boolean): readonly PlacedFile[] {
  return files.some(goes) ? files.filter((placed) => !goes(placed)) : files;
}

function withPosted(
  files: readonly PlacedFile[],
  { log, at, by, data }: Extract<LoggedEvent, { event: 'message.posted' }>,
  filter: FileFilter,
): readonly PlacedFile[] {
  if (by === null) return files;
  const room = parseLogId(log).id as RoomId;
  const fresh = (data.files ?? [])
    .filter((file) => isWanted(file, by, filter) && !files.some((placed) => placed.file.id === file.id))
    .map((file): PlacedFile => ({ file, room, message: data.id, by, at }));
  if (fresh.length === 0) return files;
  // Ids of messages rise with the time.
  const place = files.findIndex(({ message }) => message === null || message < data.id);
  return files.toSpliced(place < 0 ? files.length : place, 0, ...fresh);
}

/** Files of one month, in their order; `at`: a moment in it (Unix ms). */
export interface Month {
  at: number;
  files: readonly PlacedFile[];
}

export function byMonth(files: readonly PlacedFile[]): Month[] {
  const months: { at: number; files: PlacedFile[] }[] = [];
  const monthOf = (at: number) => new Date(at).getFullYear() * 12 + new Date(at).getMonth();
  for (const placed of files) {
    const last = months.at(-1);
    if (last && monthOf(last.at) === monthOf(placed.at)) last.files.push(placed);
    else months.push({ at: placed.at, files: [placed] });
  }
  return months;
}
