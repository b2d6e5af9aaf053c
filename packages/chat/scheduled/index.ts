export { cancelScheduled } from './cancel-scheduled.ts';
export { createScheduled } from './create-scheduled.ts';
export { doScheduled } from './do-scheduled.ts';
export { listScheduled } from './list-scheduled.ts';
export { scheduledOfUser } from './scheduled-store.ts';
export { sendScheduledNow } from './send-scheduled-now.ts';
export { tellScheduled } from './tell-scheduled.ts';
export { updateScheduled } from './update-scheduled.ts';
