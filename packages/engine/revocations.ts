import type { Revocation } from './domain.ts';
import type { Presence } from './presence.ts';
import type { Session } from './session.ts';

/** Cuts at once what was taken away ([H8], [L10]). */
export class Revocations {
  /** How many arrived. Whoever asked for a permission compares it before and after, and asks again when it moved. */
  count = 0;
  /** Those among them that end sessions. */
  sessionsRevoked = 0;
  private readonly sessions: ReadonlySet<Session>;
  private readonly presence: Presence;

  constructor(sessions: ReadonlySet<Session>, presence: Presence) {
    this.sessions = sessions;
    this.presence = presence;
  }

  receive(revocation: Revocation): void {
    this.count += 1;
    if (revocation.kind === 'log') {
      for (const session of this.presence.sessionsOf(revocation.user)) {
        const listening = session.listenings.get(revocation.log);
        if (listening !== undefined) session.closeLog(listening, 'forbidden');
        // Whom one may know of hangs on what one is in: who still may be watched is asked for anew ([E4]).
        session.watch([]);
      }
      return;
    }
    this.sessionsRevoked += 1;
    for (const session of this.reachedBy(revocation)) session.close('session-revoked');
  }

  private reachedBy(revocation: Exclude<Revocation, { kind: 'log' }>): Session[] {
    if (revocation.kind === 'user') {
      const sessions = this.presence.sessionsOf(revocation.user);
      return sessions.filter((session) => session.actor?.session !== revocation.keep);
    }
    return [...this.sessions].filter((session) => session.actor?.session === revocation.session);
  }
}
