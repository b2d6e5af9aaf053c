import type { LoggedEventName } from './events.ts';

/** Events that come often, and that only those have to be told in full who look at the room ([L5]). */
const frequent: ReadonlySet<string> = new Set<LoggedEventName>([
  'message.posted',
  'message.edited',
  'message.previewed',
  'file.changed',
  'poll.voted',
  'poll.closed',
  'reaction.added',
  'reaction.removed',
]);

/** Events that change messages: they stand in no line of their own. */
const silent: ReadonlySet<string> = new Set<LoggedEventName>([
  'message.posted',
  'message.edited',
  'message.deleted',
  'message.previewed',
  'file.changed',
  'file.removed',
  'poll.voted',
  'poll.closed',
  'reaction.added',
  'reaction.removed',
]);

/** Whether an event of a log is told in full to passive listeners too. A post that calls everyone in the room is. */
export const isNotice = (name: string, data: unknown): boolean =>
  !frequent.has(name) || (name === 'message.posted' && (data as { mentionsAll?: string }).mentionsAll === 'room');

/** Whether an event stands as a line in a room's timeline. */
export const isLine = (name: string): boolean => !silent.has(name);
