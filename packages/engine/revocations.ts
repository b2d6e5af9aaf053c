import type { LogId } from '@confab/protocol';
import type { Domain, Revocation } from './domain.ts';
import type { Listening } from './listening.ts';
import type { Report } from './ports.ts';
import type { Presence } from './presence/presence.ts';
import { RecentIds } from './recent-ids.ts';
import type { Session } from './session.ts';

type LogRevocation = Extract<Revocation, { kind: 'log' }>;
type SessionsRevocation = Exclude<Revocation, { kind: 'log' }>;

/** What becomes of a log when the question whether the right to it stands has no answer. */
type Unknown = 'cut' | 'go on';

export interface RevocationsParts {
  readonly sessions: ReadonlySet<Session>;
  readonly presence: Presence;
  readonly domain: Pick<Domain, 'mayListen' | 'stands'>;
  readonly report: Report;
  /** How many are remembered as done. */
  readonly remembered: number;
}

/** Cuts at once what was taken away ([H8], [L10]). */
export class Revocations {
  /** How many arrived. Whoever asked for a permission compares it before and after, and asks again when it moved. */
  count = 0;
  /** Those among them that end sessions. */
  sessionsRevoked = 0;
  private readonly parts: RevocationsParts;
  private readonly done: RecentIds;

  constructor(parts: RevocationsParts) {
    this.parts = parts;
    this.done = new RecentIds(parts.remembered);
  }

  /** One of this node's own, in the order of its commits: nothing given back later can have come before it. */
  cut(revocation: Revocation): void {
    if (!this.isNew(revocation)) return;
    if (revocation.kind === 'log') this.cutLog(revocation);
    else for (const session of this.reachedBy(revocation)) session.close('session-revoked');
  }

  /**
   * One from the bus. The right to a log may have been given back since it was sent: nothing is told of the log until
   * the database has said so.
   */
  receive(revocation: Revocation): void {
    if (revocation.kind !== 'log' || revocation.id === undefined) this.cut(revocation);
    else if (this.isNew(revocation)) {
      void this.checkLog(revocation, 'cut').catch((error: unknown) => {
        this.parts.report('warn', 'a right could not be checked, so it was cut', { error: String(error) });
      });
    }
  }

  /** One that was found in the database, a while after: cuts only what does not stand now. Rejects without storage. */
  async recheck(revocation: Revocation): Promise<void> {
    if (revocation.id !== undefined && this.done.has(revocation.id)) return;
    if (revocation.kind === 'log') await this.checkLog(revocation, 'go on');
    else await this.checkSessions(revocation);
    // Only now: what could not be checked is found again.
    this.isNew(revocation);
  }

  /** Notes one as done; `false` when it was already. */
  private isNew({ id, kind }: Revocation): boolean {
    if (id !== undefined && !this.done.add(id)) return false;
    this.count += 1;
    if (kind !== 'log') this.sessionsRevoked += 1;
    return true;
  }

  private cutLog({ user, log }: LogRevocation): void {
    for (const session of this.parts.presence.sessionsOf(user)) cutFrom(session, log);
  }

  /** Rejects after `unknown` was done for each session for which the question had no answer. */
  private async checkLog({ user, log }: LogRevocation, unknown: Unknown): Promise<void> {
    const sessions = [...this.parts.presence.sessionsOf(user)];
    const checks = sessions.map((session) => {
      const listening = session.listenings.get(log);
      const held = listening !== undefined && isTold(listening) ? listening : undefined;
      if (held !== undefined) {
        held.checks += 1;
        held.log.remove(held);
      }
      return session.whileChecking(() => this.checkLogOf(session, log, held, unknown));
    });
    await Promise.all(checks);
  }

  private async checkLogOf(session: Session, log: LogId, held: Listening | undefined, unknown: Unknown): Promise<void> {
    try {
      const { actor } = session;
      const [head] = actor === null ? [] : await this.parts.domain.mayListen(actor, [log]);
      if (head === undefined) cutFrom(session, log);
    } catch (error) {
      if (unknown === 'cut') cutFrom(session, log);
      throw error;
    } finally {
      if (held !== undefined) {
        held.checks -= 1;
        // Another revocation of the same right may be under way, whose answer is newer.
        if (held.checks === 0) session.goOn(held);
      }
    }
  }

  private async checkSessions(revocation: SessionsRevocation): Promise<void> {
    const checks = this.reachedBy(revocation).map(async (session) => {
      const { actor } = session;
      if (actor !== null && !(await this.parts.domain.stands(actor))) session.close('session-revoked');
    });
    await Promise.all(checks);
  }

  private reachedBy(revocation: SessionsRevocation): Session[] {
    if (revocation.kind === 'user') {
      const ended: ReadonlySet<string | undefined> = new Set(revocation.sessions);
      const sessions = this.parts.presence.sessionsOf(revocation.user);
      return sessions.filter((session) => ended.has(session.actor?.session));
    }
    return [...this.parts.sessions].filter((session) => session.actor?.session === revocation.session);
  }
}

/** Whoever listens was told so; one that is just being answered hears it in the answer. */
function isTold({ index, checks }: Listening): boolean {
  return index >= 0 || checks > 0;
}

function cutFrom(session: Session, log: LogId): void {
  const listening = session.listenings.get(log);
  if (listening !== undefined) session.closeLog(listening, 'forbidden', isTold(listening));
  // Whom one may know of hangs on what one is in: who still may be watched is asked for anew ([E4]).
  session.watch([]);
}
