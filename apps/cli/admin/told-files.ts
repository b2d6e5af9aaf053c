import type { CopiedContent } from '@confab/server';

const number = (value: number): string => value.toLocaleString('en');
const held = ({ pieces, bytes }: CopiedContent): string =>
  `The content of files, ${number(bytes)} bytes in ${number(pieces)} ${pieces === 1 ? 'piece' : 'pieces'},`;
const inStore =
  'The content of files is in the S3-compatible store, which has to be kept beside it: this command leaves it alone.';

function gaps({ missing, damaged }: CopiedContent): string[] {
  return [
    ...(missing > 0
      ? [`The content of ${number(missing)} was not there: these files can be seen, and not opened.`]
      : []),
    ...(damaged > 0 ? [`The content of ${number(damaged)} was damaged and is left out.`] : []),
  ];
}

/** What is said of the content of files after a backup. `null`: it is in a store of its own. */
export function backedUpFiles(content: CopiedContent | null, beside: string): string[] {
  if (content === null) return [inStore];
  return [`${held(content)} is in ${beside}. It belongs to the backup: keep both together.`, ...gaps(content)];
}

/** The same after one was restored. `files`: where a server looks for it; `null`: in a store of its own. */
export function restoredFiles(content: CopiedContent | null, beside: string, files: string | null): string[] {
  if (files === null) return [inStore];
  if (content === null) {
    return [`There is no folder ${beside}: if the backup had files, bring what is in it to ${files}.`];
  }
  return [`${held(content)} is in ${files} now, compared with its hashes.`, ...gaps(content)];
}

/** What is said of it after a move between databases, which leaves it where it is. */
export function movedFiles(from: string | null, to: string | null): string[] {
  if (from === null || to === null) return [inStore];
  if (from === to) return [`The content of files stays in ${from}, where servers go on looking for it.`];
  return [`The content of files is not moved: copy ${from} to ${to} before you start the server.`];
}
