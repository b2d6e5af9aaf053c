export type { JobData, JobHandler, JobHandlers } from './job.ts';
export { pauseAfter } from './job-bounds.ts';
export { jobScripts } from './job-scripts.ts';
export { cancelJob, type FoundJob, scheduleJob, scheduleJobOnce } from './job-store.ts';
