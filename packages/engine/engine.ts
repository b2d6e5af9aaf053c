import type { CloseReason, PresenceState, UserId, WireError } from '@confab/protocol';
import { Admission } from './admission.ts';
import type { Bus, BusMessage } from './bus.ts';
import type { Domain, Effects } from './domain.ts';
import { drain } from './drain.ts';
import { EphemeralLane } from './ephemeral-lane.ts';
import { FanOut } from './fan-out.ts';
import { FollowedTopics } from './followed-topics.ts';
import { Gate } from './gate.ts';
import { HeadSweep } from './head-sweep.ts';
import { HeadTeller } from './head-teller.ts';
import { Hub } from './hub.ts';
import { type EngineLimits, engineLimits } from './limits.ts';
import type { ListenedLog } from './listened-log.ts';
import { Outbox } from './outbox.ts';
import type { EngineParts } from './parts.ts';
import type { Actor, Clock, Random, Report, Timers } from './ports.ts';
import { Neighbours } from './presence/neighbours.ts';
import { Presence } from './presence/presence.ts';
import { readLog } from './read-log.ts';
import { toWire } from './refused.ts';
import { RevocationSweep } from './revocation-sweep.ts';
import { Revocations } from './revocations.ts';
import { Session } from './session.ts';
import { type EngineStats, statsOf } from './stats.ts';
import { TimerWheel } from './timer-wheel.ts';
import type { Credentials, DoorSession, Peer, Reception } from './transport.ts';
import { Validation } from './validate.ts';

export interface EngineOptions {
  /** This node's name: no other node of the instance has or had it. */
  readonly node: string;
  readonly domain: Domain;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly report: Report;
  /** Bounds that differ from `engineLimits`. */
  readonly limits?: Partial<EngineLimits>;
}

/** Who is here, by the connections of this node and by what the others tell ([E3]). */
export interface PresenceSource {
  statesOf(users: readonly UserId[]): { user: UserId; state: PresenceState }[];
  /** Everyone who is online; `null` when they are more than `most`. */
  online(most: number): UserId[] | null;
  /**
   * `listener` hears of those who went offline and were on this node, or on one that cannot note it any more; `at` is
   * when their last connection ended (Unix ms).
   */
  onOffline(listener: (user: UserId, at: number) => void): void;
}

export interface Engine extends Reception {
  /** Puts a command's effects on the bus, in order. To be called after its transaction is durable. */
  publish(effects: Effects): void;
  /** `log.read` for doors without a connection. `json` is the result as it is to be sent, not to be encoded again. */
  readLog(actor: Actor, params: unknown): Promise<{ readonly json: string } | { readonly error: WireError }>;
  readonly presence: PresenceSource;
  stats(): EngineStats;
  /** Lets nobody in, finishes what is under way, ends all connections; resolves when they are gone. */
  drain(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const parts = assemble(options);
  const { bus, timers } = options;
  const unsubscribe = bus.subscribe((message) => receive(parts, message));
  parts.neighbours.start();
  let nextId = 1;
  let draining: Promise<void> | null = null;
  return {
    presence: parts.presence,
    refuses: (address: string): CloseReason | undefined => parts.admission.refuses(address),
    accept(peer: Peer, credentials: Credentials): DoorSession {
      const session = new Session(nextId, peer, credentials.token, parts);
      nextId += 1;
      parts.sessions.add(session);
      parts.admission.entered(peer.address);
      if (parts.admission.draining !== 'no') session.close('draining');
      return session;
    },
    publish(effects: Effects): void {
      for (const event of effects.events) bus.publish({ kind: 'event', event });
      for (const ephemeral of effects.ephemerals) bus.publish({ kind: 'ephemeral', ephemeral });
      for (const revocation of effects.revocations) {
        parts.revocations.cut(revocation);
        bus.publish({ kind: 'revocation', revocation });
      }
    },
    async readLog(actor: Actor, params: unknown) {
      try {
        return { json: await readLog(parts, actor, params) };
      } catch (error) {
        return { error: toWire(error, parts.report, 'log.read') };
      }
    },
    stats: () => statsOf(parts),
    drain(): Promise<void> {
      draining ??= drain(parts, timers).finally(unsubscribe);
      return draining;
    },
  };
}

function assemble(options: EngineOptions): EngineParts {
  const { node, domain, clock, timers, random, report, bus } = options;
  const limits: EngineLimits = { ...engineLimits, ...options.limits };
  const wheel = new TimerWheel(clock, timers);
  const outbox = new Outbox(timers, limits);
  const fanOut = new FanOut(outbox, limits);
  const teller = new HeadTeller(wheel, fanOut, limits);
  const topics = new FollowedTopics(bus);
  const hub = new Hub({
    domain,
    wheel,
    fanOut,
    topics,
    limits,
    report,
    onHeadChanged: (log) => teller.headChanged(log),
    onEpochChanged: closeLog,
  });
  const lane = new EphemeralLane({ hub, outbox, fanOut, limits, topics });
  const presence: Presence = new Presence({
    clock,
    wheel,
    offlineAfterMs: limits.offlineAfterMs,
    remotePeople: limits.remotePeople,
    tell: (ephemeral) => lane.receive(ephemeral),
    tellOthers: (person) => neighbours.tell(person),
  });
  const neighbours = new Neighbours({ node, bus, clock, wheel, limits, report, presence });
  const sessions = new Set<Session>();
  const revocations = new Revocations({ sessions, presence, domain, timers, report, limits });
  return {
    domain,
    clock,
    report,
    limits,
    wheel,
    outbox,
    fanOut,
    hub,
    sessions,
    presence,
    neighbours,
    sweep: new HeadSweep({ hub, domain, bus, clock, wheel, limits, random, report }),
    lane,
    admission: new Admission(limits, () => clock.monotonic()),
    revocations,
    revocationSweep: new RevocationSweep({ revocations, domain, wheel, clock, limits, random, report, sessions }),
    validation: new Validation(),
    reads: new Gate(limits.reads, limits.readsWaiting),
  };
}

function receive(parts: EngineParts, message: BusMessage): void {
  switch (message.kind) {
    case 'event':
      parts.hub.receive(message.event);
      break;
    case 'head':
      parts.hub.receiveHead(message.log, message.head);
      break;
    case 'ephemeral':
      parts.lane.receive(message.ephemeral);
      break;
    case 'revocation':
      parts.revocations.receive(message.revocation);
      break;
    case 'presence':
      parts.neighbours.receivePeople(message);
      break;
    case 'node':
      parts.neighbours.receiveSign(message);
  }
}

/** The history of a log was rewritten: its listeners have to load it anew. */
function closeLog(log: ListenedLog): void {
  for (const listening of [...log.live, ...log.passive]) listening.outlet.owner.closeLog(listening, 'epoch');
}
