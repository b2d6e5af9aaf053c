import { CountBadge } from '../../ui/count-badge.tsx';

/** How many unread messages of a room mention one. */
export function MentionBadge({ count }: { count: number }) {
  return <CountBadge count={count} sign="@" unit={count === 1 ? 'mention' : 'mentions'} />;
}
