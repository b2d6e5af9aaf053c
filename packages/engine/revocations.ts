import type { LogId } from '@confab/protocol';
import type { Domain, Revocation } from './domain.ts';
import type { EngineLimits } from './limits.ts';
import type { Listening } from './listening.ts';
import type { Report, Timers } from './ports.ts';
import type { Presence } from './presence/presence.ts';
import { RecentIds } from './recent-ids.ts';
import type { Session } from './session.ts';

type LogRevocation = Extract<Revocation, { kind: 'log' }>;
type SessionsRevocation = Exclude<Revocation, { kind: 'log' }>;

export interface RevocationsParts {
  readonly sessions: ReadonlySet<Session>;
  readonly presence: Presence;
  readonly domain: Pick<Domain, 'mayListen' | 'stands'>;
  readonly report: Report;
  readonly timers: Timers;
  readonly limits: Pick<EngineLimits, 'revocationsRemembered' | 'recheckMs'>;
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
    this.done = new RecentIds(parts.limits.revocationsRemembered);
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
      for (const session of this.parts.presence.sessionsOf(revocation.user))
        this.checkUntilKnown(session, revocation.log);
    }
  }

  /** One that was found in the database, a while after: cuts only what does not stand now. Rejects without storage. */
  async recheck(revocation: Revocation): Promise<void> {
    if (revocation.id !== undefined && this.done.has(revocation.id)) return;
    if (revocation.kind === 'log') await this.checkLog(revocation);
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

  /** Without storage there is nothing new to tell of a log: it is kept back until there is an answer. */
  private checkUntilKnown(session: Session, log: LogId): void {
    const goOn = keepBack(session, log);
    void session
      .whileChecking(async () => {
        while (!session.isClosing()) {
          try {
            return await this.checkLogOf(session, log);
          } catch (error) {
            this.parts.report('warn', 'a right could not be checked; it is tried again', { error: String(error) });
            await new Promise<void>((wake) => this.parts.timers.after(this.parts.limits.recheckMs, wake));
          }
        }
      })
      .finally(goOn);
  }

  private async checkLog({ user, log }: LogRevocation): Promise<void> {
    const checks = [...this.parts.presence.sessionsOf(user)].map((session) => {
      const goOn = keepBack(session, log);
      return session.whileChecking(() => this.checkLogOf(session, log)).finally(goOn);
    });
    await Promise.all(checks);
  }

  private async checkLogOf(session: Session, log: LogId): Promise<void> {
    const { actor } = session;
    const [head] = actor === null ? [] : await this.parts.domain.mayListen(actor, [log]);
    if (head === undefined) cutFrom(session, log);
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

/** Tells a session nothing of a log until the answer is called. */
function keepBack(session: Session, log: LogId): () => void {
  const listening = session.listenings.get(log);
  if (listening === undefined || !isTold(listening)) return () => {};
  listening.checks += 1;
  listening.log.remove(listening);
  return () => {
    listening.checks -= 1;
    session.goOn(listening);
  };
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
