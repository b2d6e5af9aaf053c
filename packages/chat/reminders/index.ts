export { doReminder } from './do-reminder.ts';
export { listReminders } from './list-reminders.ts';
export { remindersOf } from './reminder-store.ts';
export { removeReminder } from './remove-reminder.ts';
export { setReminder } from './set-reminder.ts';
