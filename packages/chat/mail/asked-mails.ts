import type { UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';
import { hashToken } from '../tokens.ts';

const hourMs = 3_600_000;

/**
 * Counts a mail that somebody asks for. Anybody may give any address, so that few go to one within an hour, whoever
 * asks; addresses are kept as hashes here, because this outlasts them.
 */
export function* countAsked(user: UserId, address: string, now: number): Step<void> {
  const hashed = hashToken(address.toLowerCase());
  yield* sql.run('DELETE FROM mails_asked WHERE at <= ?', now - hourMs);
  const counted = yield* sql.get<{ own: number; there: number }>(
    `SELECT (SELECT CAST(COALESCE(SUM(mails), 0) AS BIGINT) FROM mails_asked WHERE user_id = ?) AS own,
       (SELECT CAST(COALESCE(SUM(mails), 0) AS BIGINT) FROM mails_asked WHERE address_hash = ?) AS there`,
    user,
    hashed,
  );
  const { own = 0, there = 0 } = counted ?? {};
  const limit = own >= limits.mailsAskedPerPerson ? limits.mailsAskedPerPerson : limits.mailsAskedPerAddress;
  if (own >= limits.mailsAskedPerPerson || there >= limits.mailsAskedPerAddress) {
    throw new Refusal('limit-reached', { limit, what: 'such mails an hour' });
  }
  yield* sql.run(
    `INSERT INTO mails_asked (user_id, address_hash, at, mails) VALUES (?, ?, ?, 1)
     ON CONFLICT (user_id, address_hash, at) DO UPDATE SET mails = mails_asked.mails + 1`,
    user,
    hashed,
    now,
  );
}
