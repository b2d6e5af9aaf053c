import type { Decision } from '@confab/protocol';
import { t } from '../../language/sentences.ts';

/** What was decided, as those hear it whom it does not concern. */
export const decisionNames = (): Readonly<Record<Decision, string>> => ({
  dismiss: t('Left as it is'),
  delete: t('Message deleted'),
  warn: t('Author warned'),
  mute: t('Author muted'),
  ban: t('Author banned'),
});
