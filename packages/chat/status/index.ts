export { setStatus } from './set-status.ts';
export { showDoNotDisturb } from './status-store.ts';
