import { limits } from './limits.ts';
import { PersonName } from './people.ts';
import {
  Nothing,
  Nullable,
  RoomIdSchema,
  Shape,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
  WebhookIdSchema,
} from './schema.ts';

/** An address at which programs post into one room, as a bot with a name of its own. */
export const WebhookView = Shape({
  id: WebhookIdSchema,
  room: RoomIdSchema,
  /** The account that the messages are from. */
  bot: UserIdSchema,
  name: PersonName,
  createdBy: UserIdSchema,
  createdAt: Timestamp,
  lastUsedAt: Nullable(Timestamp),
  /** The last four characters of the token, to tell webhooks apart; the token itself is shown once. */
  hint: Type.String(),
});
export type WebhookView = Static<typeof WebhookView>;

const room = RoomIdSchema;

export const webhookCommands = {
  'webhook.create': {
    http: 'POST /rooms/:room/webhooks',
    params: Shape({ room, name: PersonName }),
    result: Shape({ webhook: WebhookView, token: Type.String() }),
    summary: `Make an incoming webhook: whoever has its address, \`/hooks/<room>/<token>\`, posts into the room as a bot of that name. At most ${limits.webhooksPerRoom} a room.`,
  },
  'webhook.list': {
    http: 'GET /rooms/:room/webhooks',
    params: Shape({ room }),
    result: Shape({ webhooks: Type.Array(WebhookView) }),
    summary: 'A room’s webhooks that still work, for admins of its space.',
  },
  'webhook.revoke': {
    http: 'DELETE /webhooks/:webhook',
    params: Shape({ webhook: WebhookIdSchema }),
    result: Nothing,
    summary: 'Switch a webhook off, at once and for ever. What it posted stays.',
  },
} as const;
