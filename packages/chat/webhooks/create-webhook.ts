import type { UserId, WebhookId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { makeBot } from '../accounts/index.ts';
import { bounds } from '../bounds.ts';
import { operation } from '../operation.ts';
import { addToRoom, auditRoom, refuseIfArchived, spaceOf } from '../rooms/index.ts';
import { joinSpace } from '../spaces/index.ts';
import { visibleName } from '../text.ts';
import { insertWebhook, webhooksOf } from './webhook-store.ts';

/** A webhook is a bot: a guest of the space who is in this one room, with a session that may post and nothing else. */
export const createWebhook = operation({
  name: 'webhook.create',
  kind: 'write',
  access: { who: 'room', atLeast: 'admin' },
  limit: 'write',
  ids: 3,
  *run({ actor, reached, prepared, tx }, params) {
    const space = spaceOf(reached);
    refuseIfArchived(reached);
    if ((yield* webhooksOf(reached.id)).length >= bounds.webhooksPerRoom) {
      throw new Refusal('limit-reached', { limit: bounds.webhooksPerRoom, what: 'webhooks of a room' });
    }
    const id = tx.newId<WebhookId>();
    const bot = tx.newId<UserId>();
    const name = visibleName(params.name);
    const session = yield* makeBot(tx, { id: bot, name, tokenHash: prepared.tokenHash });
    yield* joinSpace(tx, space, bot, 'guest', actor.user);
    yield* addToRoom(tx, reached.id, { user: bot, role: 'guest', by: actor.user });
    yield* auditRoom(tx, reached, actor.user, 'webhook-created', { user: bot, detail: name });
    const { hint } = prepared;
    yield* insertWebhook({ id, room: reached.id, bot, session, name, hint, createdBy: actor.user, now: tx.now });
    const createdBy = actor.user;
    return { webhook: { id, room: reached.id, bot, name, createdBy, createdAt: tx.now, lastUsedAt: null, hint } };
  },
});
