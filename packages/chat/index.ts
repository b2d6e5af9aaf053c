export { type Chat, type ChatLimits, type ChatOptions, createChat } from './chat.ts';
export { ImportDesk } from './import/import-desk.ts';
export type * from './import/moved.ts';
export { movedId } from './import/moved-id.ts';
export type { FoundJob } from './jobs/index.ts';
export { holdingFacts, newEpochs } from './logs/copied-logs.ts';
export { migrations } from './migrations.ts';
export type { KnownNode } from './nodes/index.ts';
export type { PushData, PushOutcome } from './push/index.ts';
