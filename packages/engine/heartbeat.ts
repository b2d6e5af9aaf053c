import { errorRow } from '@confab/protocol';
import type { Session } from './session.ts';

/**
 * What the wheel asks of a session when its time has come: is anyone there ([H2], [H5]), does the session still count
 * ([H8]), does it read ([S2])?
 */
export function checkHeartbeat(session: Session, nowMs: number): void {
  const { state, parts } = session;
  const { limits } = parts;
  const silentMs = nowMs - session.lastHeardMs;
  if (state.kind === 'opening') session.close('hello-timeout');
  else if (silentMs >= limits.heartbeatTimeoutMs) session.close('heartbeat-missed');
  else if (state.kind === 'lagging' && nowMs - state.sinceMs >= limits.laggingMs) session.close('too-slow');
  else if (silentMs >= limits.heartbeatIntervalMs) session.outlet.peer.probe();
  checkExpiry(session);
}

/** Milliseconds until the next such question. */
export function nextCheckMs(session: Session): number {
  const { limits, wheel, clock } = session.parts;
  const silentMs = wheel.nowMs - session.lastHeardMs;
  const untilProbeMs = limits.heartbeatIntervalMs - silentMs;
  const untilTimeoutMs = limits.heartbeatTimeoutMs - silentMs;
  let delayMs = Math.min(untilTimeoutMs, untilProbeMs > 0 ? untilProbeMs : limits.heartbeatIntervalMs);
  if (session.actor !== null) {
    const { expiresAt } = session.actor;
    const leadMs = session.renewalAskedFor === expiresAt ? 0 : limits.renewLeadMs;
    delayMs = Math.min(delayMs, expiresAt - leadMs - clock.now());
  }
  return delayMs;
}

function checkExpiry(session: Session): void {
  const { actor, parts } = session;
  if (actor === null) return;
  const leftMs = actor.expiresAt - parts.clock.now();
  if (leftMs <= 0) {
    session.close('session-expired');
  } else if (leftMs <= parts.limits.renewLeadMs && session.renewalAskedFor !== actor.expiresAt) {
    session.renewalAskedFor = actor.expiresAt;
    void renew(session);
  }
}

/** Asks whether the session was prolonged elsewhere; when there is no answer it ends as it was going to. */
async function renew(session: Session): Promise<void> {
  const { parts, token } = session;
  if (token === null) return;
  try {
    const outcome = await parts.admission.authentications.run(() => parts.domain.authenticate(token));
    if ('actor' in outcome) session.renewed(outcome.actor);
    else if (outcome.error.retry === 'never') {
      session.close(errorRow(outcome.error.code).closes ?? 'session-expired');
    }
  } catch (error) {
    parts.report('warn', 'a session could not be renewed', { error: String(error) });
  }
}
