import { t } from '../../language/sentences.ts';
import { CountBadge } from '../../ui/count-badge.tsx';

/** How many unread messages of a room mention one. */
export function MentionBadge({ count }: { count: number }) {
  return (
    <CountBadge count={count} sign="@" spoken={t('{count, plural, one {# mention} other {# mentions}}', { count })} />
  );
}
