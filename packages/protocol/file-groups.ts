import type { FileGroup, FileKind } from './file.ts';

/** Whether a file of this kind is listed in that group. */
export function isInGroup(kind: FileKind, group: FileGroup): boolean {
  if (group === 'document') return kind === 'pdf' || kind === 'text';
  return group === 'rest' ? kind === 'archive' || kind === 'other' : kind === group;
}
