import {
  type CloseReason,
  type CommandFrame,
  errorRow,
  jsonCodec,
  negotiateVersion,
  Refusal,
  type Welcome,
  type WireError,
} from '@confab/protocol';
import type { Actor } from './ports.ts';
import { toWire } from './refused.ts';
import type { Session } from './session.ts';

/** The first command of a connection ([H1], [H3], [H4]): opens the session, or ends the connection with the reason. */
export async function sayHello(session: Session, frame: CommandFrame): Promise<void> {
  const { parts } = session;
  try {
    const hello = parts.validation.check('connection.hello', frame.params);
    const version = negotiateVersion(hello.versions);
    if (version === undefined) throw new Refusal('unsupported-version');
    const token = session.token ?? hello.token;
    if (token === undefined) throw new Refusal('unauthenticated');
    for (;;) {
      // A revocation that arrives while the question is out may not be in the answer yet: then it is asked again.
      const mark = parts.revocations.sessionsRevoked;
      const outcome = await parts.admission.authentications.run(() => parts.domain.authenticate(token));
      if (session.state.kind !== 'authenticating') return;
      if ('error' in outcome) {
        turnAway(session, frame.id, outcome.error);
        return;
      }
      if (mark !== parts.revocations.sessionsRevoked) continue;
      session.opened(outcome.actor, token);
      session.send(jsonCodec.encodeResult(frame.id, welcome(session, outcome.actor, version)));
      return;
    }
  } catch (error) {
    turnAway(session, frame.id, toWire(error, parts.report, 'connection.hello'));
  }
}

function welcome(session: Session, actor: Actor, version: number): Welcome {
  const { limits, clock, admission } = session.parts;
  return {
    version,
    user: actor.user,
    session: actor.session,
    serverTime: clock.now(),
    heartbeat: { intervalMs: limits.heartbeatIntervalMs, timeoutMs: limits.heartbeatTimeoutMs },
    reconnect: admission.reconnectWindow(),
    limits: { frameBytes: limits.frameBytes, inFlight: limits.inFlight, logs: limits.logs },
  };
}

function turnAway(session: Session, id: number, error: WireError): void {
  if (session.state.kind !== 'authenticating') return;
  session.sendError(id, error);
  session.close(closeReasonFor(error));
}

/** What may pass by itself must not look like "sign in": the client would throw its session away. */
function closeReasonFor(error: WireError): CloseReason {
  const { closes } = errorRow(error.code);
  if (closes !== undefined) return closes;
  if (error.code === 'internal') return 'internal';
  if (error.code === 'invalid-params') return 'malformed';
  return error.retry === 'later' ? 'overloaded' : 'unauthenticated';
}
