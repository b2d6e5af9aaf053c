import type { JobHandlers } from './jobs/index.ts';
import { showPreviews } from './previews/index.ts';
import { doReminder } from './reminders/index.ts';
import { doScheduled } from './scheduled/index.ts';
import { indexEarlier, indexFresh } from './search/index.ts';

/** Who does what is to be done later. */
export const jobHandlers: JobHandlers = {
  'scheduled-message': doScheduled,
  previews: showPreviews,
  reminder: doReminder,
  'search-index': indexEarlier,
  'search-fresh': indexFresh,
};
