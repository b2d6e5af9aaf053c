export type { JobData, JobHandler, JobHandlers } from './job.ts';
export { jobScripts } from './job-scripts.ts';
export { cancelJob, type FoundJob, scheduleJob } from './job-store.ts';
