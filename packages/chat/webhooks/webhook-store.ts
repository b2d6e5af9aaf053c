import type { RoomId, SessionId, SpaceId, UserId, WebhookId, WebhookView } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

export interface NewWebhook {
  readonly id: WebhookId;
  readonly room: RoomId;
  readonly bot: UserId;
  readonly session: SessionId;
  readonly name: string;
  readonly hint: string;
  readonly createdBy: UserId;
  readonly now: number;
}

export function* insertWebhook(webhook: NewWebhook): Step<void> {
  yield* sql.run(
    `INSERT INTO webhooks (id, room_id, bot, session_id, name, hint, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    webhook.id,
    webhook.room,
    webhook.bot,
    webhook.session,
    webhook.name,
    webhook.hint,
    webhook.createdBy,
    webhook.now,
  );
}

/** A room's webhooks that still work, the newest first. A session that was never used was last used when it was made. */
export function* webhooksOf(room: RoomId): Step<WebhookView[]> {
  return yield* sql.all<WebhookView>(
    `SELECT w.id, w.room_id AS room, w.bot, w.name, w.created_by AS "createdBy", w.created_at AS "createdAt",
       CASE WHEN s.last_used_at > s.created_at THEN s.last_used_at END AS "lastUsedAt", w.hint
     FROM webhooks w JOIN sessions s ON s.id = w.session_id
     WHERE w.room_id = ? AND w.revoked_at IS NULL ORDER BY w.id DESC`,
    room,
  );
}

/** Marks a webhook as switched off; `undefined` when it was already. */
export function* revokeWebhookRow(webhook: WebhookId, now: number): Step<{ bot: UserId; space: SpaceId } | undefined> {
  const changed = yield* sql.run(
    'UPDATE webhooks SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL',
    now,
    webhook,
  );
  if (changed === 0) return undefined;
  return yield* sql.get<{ bot: UserId; space: SpaceId }>(
    'SELECT w.bot, r.space_id AS space FROM webhooks w JOIN rooms r ON r.id = w.room_id WHERE w.id = ?',
    webhook,
  );
}
