import { useConfab, useStore } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import { formatBrief } from '../messages/format-time.ts';

/** The same in words, for those who do not see or do not tell the colours apart. */
export function PresenceWords({ user }: { user: UserId }) {
  const presence = useStore(useConfab().people.presence(user));
  if (presence === undefined) return null;
  if (presence.state === 'online') return 'Online';
  if (presence.state === 'away') return 'Away';
  return presence.lastSeenAt === null ? 'Offline' : `Last seen ${formatBrief(presence.lastSeenAt, Date.now())}`;
}
