import type { MessageId, UserId } from '@confab/protocol';

/** What the job of a reminder is known by. */
export const reminderSubject = (user: UserId, message: MessageId): string => `${user}/${message}`;
