import type { Decision } from '@confab/protocol';

/** What was decided, as those hear it whom it does not concern. */
export const decisionNames: Readonly<Record<Decision, string>> = {
  dismiss: 'Left as it is',
  delete: 'Message deleted',
  warn: 'Author warned',
  mute: 'Author muted',
  ban: 'Author banned',
};
