import type { Language, MailFailure, OwnEmail, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

interface EmailRow {
  address: string;
  verified_at: number | null;
  sent_at: number | null;
  failure: MailFailure | null;
}

/** Somebody's address, for their own eyes. */
export function* emailOf(user: UserId): Step<OwnEmail | null> {
  const row = yield* sql.get<EmailRow>(
    'SELECT address, verified_at, sent_at, failure FROM emails WHERE user_id = ?',
    user,
  );
  if (!row) return null;
  return { address: row.address, verified: row.verified_at !== null, sentAt: row.sent_at, failure: row.failure };
}

/** Whom to write to, and where. */
export interface Addressee {
  readonly name: string;
  readonly address: string;
  /** What they read. */
  readonly language: Language;
  readonly verified: boolean;
  readonly failure: MailFailure | null;
}

/** `undefined`: they have no address, or may not come any more. */
export function* addresseeOf(user: UserId): Step<Addressee | undefined> {
  const row = yield* sql.get<EmailRow & { name: string; language: string | null }>(
    `SELECT u.name, e.address, e.verified_at, e.sent_at, e.failure, s.value AS language FROM emails e
     JOIN users u ON u.id = e.user_id AND u.disabled_at IS NULL
     LEFT JOIN account_settings s ON s.user_id = e.user_id AND s.name = 'language' WHERE e.user_id = ?`,
    user,
  );
  if (!row) return undefined;
  const language: Language | null = row.language === null ? null : JSON.parse(row.language);
  const { name, address, failure } = row;
  return { name, address, language: language ?? 'en', verified: row.verified_at !== null, failure };
}

/** Another address: what held for the one before holds no longer. */
export function* putEmail(user: UserId, address: string): Step<void> {
  yield* sql.run(
    `INSERT INTO emails (user_id, address) VALUES (?, ?)
     ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, verified_at = NULL, token_hash = NULL,
       token_until = NULL, sent_at = NULL, failure = NULL`,
    user,
    address,
  );
}

export function* deleteEmail(user: UserId): Step<void> {
  yield* sql.run('DELETE FROM emails WHERE user_id = ?', user);
}

/** How long a link that confirms an address works. */
const linkMs = 24 * 3_600_000;

/** The link that is sent now is the one that works; whom it is for, unless there is nothing to confirm any more. */
export function* issueLink(input: {
  readonly user: UserId;
  readonly tokenHash: string;
  readonly now: number;
}): Step<Addressee | null> {
  const addressee = yield* addresseeOf(input.user);
  if (!addressee || addressee.verified) return null;
  yield* sql.run(
    'UPDATE emails SET token_hash = ?, token_until = ? WHERE user_id = ?',
    input.tokenHash,
    input.now + linkMs,
    input.user,
  );
  return addressee;
}

/** Confirms the address that a link was sent to, once; `undefined` when the link is none. */
export function* useLink(tokenHash: string, now: number): Step<string | undefined> {
  const row = yield* sql.get<{ address: string }>(
    `UPDATE emails SET verified_at = ?, token_hash = NULL, token_until = NULL
     WHERE token_hash = ? AND token_until > ? RETURNING address`,
    now,
    tokenHash,
    now,
  );
  return row?.address;
}

export function* noteMailSent(user: UserId, now: number): Step<void> {
  yield* sql.run('UPDATE emails SET sent_at = ?, failure = NULL WHERE user_id = ?', now, user);
}

export function* noteMailFailure(user: UserId, failure: MailFailure): Step<void> {
  yield* sql.run('UPDATE emails SET failure = ? WHERE user_id = ?', failure, user);
}
