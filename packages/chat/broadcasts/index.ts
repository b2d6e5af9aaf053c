export { sendBroadcast } from './send-broadcast.ts';
