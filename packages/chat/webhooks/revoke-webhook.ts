import { endBot } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { leaveSpace } from '../spaces/index.ts';
import { revokeWebhookRow } from './webhook-store.ts';

/** The bot goes with its webhook; its messages stay. Revoking twice changes nothing. */
export const revokeWebhook = operation({
  name: 'webhook.revoke',
  kind: 'write',
  access: { who: 'webhook' },
  limit: 'write',
  *run({ actor, reached, tx }) {
    const revoked = yield* revokeWebhookRow(reached.id, tx.now);
    if (!revoked) return {};
    yield* endBot(tx, revoked.bot);
    yield* leaveSpace(tx, revoked.space, revoked.bot, actor.user);
    const about = { space: revoked.space, by: actor.user, user: revoked.bot };
    yield* tx.happened({ kind: 'audited', action: 'webhook-revoked', ...about });
    return {};
  },
});
