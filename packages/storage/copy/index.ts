export { type BackupOptions, backUp } from './back-up.ts';
export type { Manifest } from './backup-file.ts';
export { CopyRefused } from './copy-refused.ts';
export type { Progress } from './copy-rows.ts';
export { demote } from './demote.ts';
export { type DatabasePlace, nameOf } from './place-of.ts';
export { promote } from './promote.ts';
export { type Change, restore } from './restore.ts';
export type { Holdings } from './table-digest.ts';
