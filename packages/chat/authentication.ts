import { toWireError, type WireError } from '@confab/protocol';
import type { Database } from '@confab/storage';
import { type SessionState, sessionLifetimeMs } from './accounts/index.ts';
import type { Actor } from './actor.ts';
import { type Report, wireErrorOf } from './refusal-of.ts';
import type { QueryName } from './scripts.ts';
import { hashToken } from './tokens.ts';

/** Notes that a session is used, which puts its end off, at most this often. */
const touchEveryMs = 3_600_000;

/** Finds out who is behind a token. Nothing is kept: a revoked session counts nowhere from the next question on. */
export class Authentication {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #report: Report;

  constructor(parts: { database: Database; now: () => number; report: Report }) {
    this.#database = parts.database;
    this.#now = parts.now;
    this.#report = parts.report;
  }

  /**
   * @param command what it is for; without one it is a connection, which a session that may only post is not let into.
   */
  async authenticate(token: string, command?: string): Promise<{ actor: Actor } | { error: WireError }> {
    const query: QueryName = 'sessions.by-token';
    try {
      const state = await this.#database.read<SessionState | undefined>(query, hashToken(token));
      if (!state) return { error: toWireError('unauthenticated') };
      if (state.disabledAt !== null) return { error: toWireError('account-disabled') };
      if (state.revokedAt !== null) return { error: toWireError('session-revoked') };
      if (state.expiresAt <= this.#now()) return { error: toWireError('session-expired') };
      if (state.scope === 'post' && command !== 'message.post') return { error: toWireError('forbidden') };
      return { actor: { user: state.user, session: state.session, expiresAt: await this.#touch(state) } };
    } catch (error) {
      return { error: wireErrorOf(error, 'authenticate', this.#report) };
    }
  }

  /** Answers with the session's end, as far as it is stored. */
  async #touch({ session, lastUsedAt, expiresAt }: SessionState): Promise<number> {
    const now = this.#now();
    if (now - lastUsedAt < touchEveryMs) return expiresAt;
    const query: QueryName = 'sessions.touch';
    const touched = this.#database.write(query, { session, now }).then(
      () => now + sessionLifetimeMs,
      (error: unknown) => {
        this.#report('warn', 'the use of a session could not be noted', { error });
        return expiresAt;
      },
    );
    // Waited for only near the end: a connection that was open all the time asks then, once, whether it may go on.
    // Before, whoever asks is let in by what is stored already.
    return expiresAt - now < touchEveryMs ? touched : expiresAt;
  }
}
