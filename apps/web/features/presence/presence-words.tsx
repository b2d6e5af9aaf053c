import { useConfab, useStore } from '@confab/client/react';
import type { Presence, UserId } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import { formatBrief } from '../messages/format-time.ts';

interface PresenceWordsProps {
  user: UserId;
  /** What parts them from what stands before them; shows only with them. */
  after?: string;
}

/** The same in words, for those who do not see or do not tell the colours apart. */
export function PresenceWords({ user, after = '' }: PresenceWordsProps) {
  const presence = useStore(useConfab().people.presence(user));
  return presence === undefined ? null : after + wordsOf(presence);
}

function wordsOf(presence: Presence): string {
  if (presence.state === 'online') return t('Online');
  if (presence.state === 'away') return t('Away');
  if (presence.lastSeenAt === null) return t('Offline');
  return t('Last seen {time}', { time: formatBrief(presence.lastSeenAt, Date.now()) });
}
