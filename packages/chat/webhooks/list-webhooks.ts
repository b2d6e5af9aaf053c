import { operation } from '../operation.ts';
import { webhooksOf } from './webhook-store.ts';

export const listWebhooks = operation({
  name: 'webhook.list',
  kind: 'read',
  access: { who: 'visible-room', atLeast: 'admin' },
  limit: 'read',
  *run({ reached }) {
    return { webhooks: yield* webhooksOf(reached.id) };
  },
});
