import { doExport } from './exports/index.ts';
import { dropBlobs, showFilePreviews, sweepFiles } from './files/index.ts';
import type { JobHandlers } from './jobs/index.ts';
import { doMail } from './mail/index.ts';
import { notifyPeople } from './notifications/index.ts';
import { closeDuePoll } from './polls/index.ts';
import { showPreviews } from './previews/index.ts';
import { doPush } from './push/index.ts';
import { doReminder } from './reminders/index.ts';
import { doScheduled } from './scheduled/index.ts';
import { indexEarlier, indexFresh } from './search/index.ts';

/** Who does what is to be done later. */
export const jobHandlers: JobHandlers = {
  'scheduled-message': doScheduled,
  previews: showPreviews,
  'poll-close': closeDuePoll,
  notify: notifyPeople,
  push: doPush,
  mail: doMail,
  reminder: doReminder,
  export: doExport,
  'search-index': indexEarlier,
  'search-fresh': indexFresh,
  'file-preview': showFilePreviews,
  'file-sweep': sweepFiles,
  'blob-drop': dropBlobs,
};
