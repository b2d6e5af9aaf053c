export { hearEverything } from './hear-everything.ts';
export { nextDigest } from './next-digest.ts';
export { type NextPush, nextPush } from './next-push.ts';
export { notifyPeople } from './notify-people.ts';
export { ringPosted } from './ring-posted.ts';
export { ringReminder } from './ring-reminder.ts';
