import type { UserId } from '@confab/protocol';

const prefix = 'presence:';

export const presenceTopic = (user: UserId): string => `${prefix}${user}`;

/** Every node finds out by itself who is here: other nodes never tell on these topics. */
export const isPresenceTopic = (topic: string): boolean => topic.startsWith(prefix);
