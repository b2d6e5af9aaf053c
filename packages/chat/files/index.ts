export { addressFile } from './address-file.ts';
export { beginFile } from './begin-file.ts';
export { type BlobClaim, claimBlobs, doomBlob, unknownBlobs } from './blob-store.ts';
export { completeFile, type SettledFile } from './complete-file.ts';
export { deleteFile, dropFiles, untellFiles } from './delete-file.ts';
export { describeFile } from './describe-file.ts';
export { discardFile } from './discard-file.ts';
export {
  type AnnouncedFile,
  type AwaitedFile,
  announcedFile,
  awaitedFile,
  expectedFiles,
  fileToPreview,
  roomOfFile,
} from './file-queries.ts';
export { type FileSource, noFiles } from './file-source.ts';
export { type ExportedFile, exportedFilesOf, fileRow, filesOf, type NamedFile, namedFilesOf } from './file-store.ts';
export { listEntries } from './list-entries.ts';
export { listFiles } from './list-files.ts';
export { locateFile } from './locate-file.ts';
export {
  dropScheduledFiles,
  exportedFilesOfScheduled,
  filesOfScheduled,
  setScheduledFiles,
} from './scheduled-files.ts';
export { showFile } from './show-file.ts';
export { type FileInsight, type MadePreview, showFilePreviews } from './show-file-previews.ts';
export { dropBlobs, sweepFiles, sweepSlices } from './sweep-files.ts';
export { takeFiles } from './take-files.ts';
export type { FileQuotas } from './usage.ts';
