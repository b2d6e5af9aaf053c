import type { Admission } from './admission.ts';
import type { Domain } from './domain.ts';
import type { EphemeralLane } from './ephemeral-lane.ts';
import type { FanOut } from './fan-out.ts';
import type { Gate } from './gate.ts';
import type { HeadSweep } from './head-sweep.ts';
import type { Hub } from './hub.ts';
import type { EngineLimits } from './limits.ts';
import type { Outbox } from './outbox.ts';
import type { Clock, Report } from './ports.ts';
import type { Neighbours } from './presence/neighbours.ts';
import type { Presence } from './presence/presence.ts';
import type { RevocationSweep } from './revocation-sweep.ts';
import type { Revocations } from './revocations.ts';
import type { Session } from './session.ts';
import type { TimerWheel } from './timer-wheel.ts';
import type { Validation } from './validate.ts';

/** What the parts of one engine share. */
export interface EngineParts {
  readonly domain: Domain;
  readonly clock: Clock;
  readonly report: Report;
  readonly limits: EngineLimits;
  readonly wheel: TimerWheel;
  readonly outbox: Outbox;
  readonly fanOut: FanOut;
  readonly hub: Hub;
  readonly sweep: HeadSweep;
  readonly lane: EphemeralLane;
  readonly presence: Presence;
  readonly neighbours: Neighbours;
  readonly admission: Admission;
  readonly revocations: Revocations;
  readonly revocationSweep: RevocationSweep;
  readonly validation: Validation;
  /** Reads of the log for answers and for those who catch up, in turn. */
  readonly reads: Gate;
  /** Every connection that its door has not reported closed. */
  readonly sessions: Set<Session>;
}
