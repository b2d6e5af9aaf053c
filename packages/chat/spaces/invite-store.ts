import type { InviteId, InviteView, Role, SpaceId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

export interface UsableInvite {
  readonly id: InviteId;
  readonly space: SpaceId;
  readonly role: Role;
  readonly spaceName: string;
  readonly invitedBy: string;
  /** Whose account whoever signs up with it takes over: it is for nobody else. */
  readonly claims: { readonly handle: string; readonly name: string } | null;
}

const usable = 'revoked_at IS NULL AND expires_at > ? AND (max_uses IS NULL OR uses < max_uses)';

export function* insertInvite(invite: Omit<InviteView, 'uses'>, tokenHash: string): Step<void> {
  yield* sql.run(
    `INSERT INTO invites (id, space_id, token_hash, hint, role, created_by, created_at, expires_at, max_uses, uses)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    invite.id,
    invite.space,
    tokenHash,
    invite.hint,
    invite.role,
    invite.createdBy,
    invite.createdAt,
    invite.expiresAt,
    invite.maxUses,
  );
}

export function* usableInvite(tokenHash: string, now: number): Step<UsableInvite | undefined> {
  const row = yield* sql.get<Omit<UsableInvite, 'claims'> & { handle: string | null; claimed_name: string | null }>(
    `SELECT i.id, i.space_id AS space, i.role, sp.name AS "spaceName", u.name AS "invitedBy",
       c.handle, c.name AS claimed_name
     FROM invites i JOIN spaces sp ON sp.id = i.space_id JOIN users u ON u.id = i.created_by
     LEFT JOIN users c ON c.id = i.for_user
     WHERE i.token_hash = ? AND i.revoked_at IS NULL AND i.expires_at > ?
       AND (i.max_uses IS NULL OR i.uses < i.max_uses)`,
    tokenHash,
    now,
  );
  if (!row) return undefined;
  const { handle, claimed_name: name, ...invite } = row;
  return { ...invite, claims: handle === null || name === null ? null : { handle, name } };
}

/** Takes one use; `false` when none is left. One statement checks and counts, so that two at once cannot share a use. */
export function* takeUse(invite: InviteId, now: number): Step<boolean> {
  return (yield* sql.run(`UPDATE invites SET uses = uses + 1 WHERE id = ? AND ${usable}`, invite, now)) === 1;
}

export function* revokeInviteRow(invite: InviteId, now: number): Step<void> {
  yield* sql.run('UPDATE invites SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', now, invite);
}

/** Invitations of a space that still work, the newest first. */
export function* usableInvites(space: SpaceId, now: number): Step<InviteView[]> {
  return yield* sql.all<InviteView>(
    `SELECT id, space_id AS space, role, created_by AS "createdBy", created_at AS "createdAt",
       expires_at AS "expiresAt", max_uses AS "maxUses", uses, hint
     FROM invites WHERE space_id = ? AND for_user IS NULL AND ${usable} ORDER BY id DESC`,
    space,
    now,
  );
}
