export { bounds } from './bounds.ts';
export { type Chat, type ChatLimits, type ChatOptions, createChat } from './chat.ts';
export {
  type AnnouncedFile,
  type AwaitedFile,
  type ExportedFile,
  type FileInsight,
  type FileSource,
  type MadePreview,
  noFiles,
  type SettledFile,
  sweepSlices,
} from './files/index.ts';
export { ImportDesk } from './import/import-desk.ts';
export type * from './import/moved.ts';
export { movedId } from './import/moved-id.ts';
export type { FoundJob } from './jobs/index.ts';
export { holdingFacts, namedContent, newEpochs } from './logs/copied-logs.ts';
export type { MailedMessage, MailOutcome } from './mail/index.ts';
export type { NextMail } from './mail/mail-desk.ts';
export { migrations } from './migrations.ts';
export type { KnownNode } from './nodes/index.ts';
export type { PushData, PushOutcome } from './push/index.ts';
export { hashToken } from './tokens.ts';
