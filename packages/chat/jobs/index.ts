export type { JobData, JobHandler, JobHandlers } from './job.ts';
export { JobDesk } from './job-desk.ts';
export { jobScripts } from './job-scripts.ts';
export { cancelJob, type FoundJob, scheduleJob } from './job-store.ts';
