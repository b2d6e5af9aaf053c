import type { LoggedEventName } from './events.ts';

/** Events that come often, and that only those have to be told in full who look at the room ([L5]). */
const frequent: ReadonlySet<string> = new Set<LoggedEventName>([
  'message.posted',
  'message.edited',
  'message.deleted',
  'reaction.added',
  'reaction.removed',
]);

/** Whether an event of a log is told in full to passive listeners too, and stands as a line in a room's timeline. */
export const isNotice = (name: string): boolean => !frequent.has(name);
