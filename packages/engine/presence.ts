import type { PresenceState, UserId } from '@confab/protocol';
import type { Ephemeral } from './domain.ts';
import type { Clock } from './ports.ts';
import type { Session } from './session.ts';
import { type TimerWheel, WheelEntry } from './timer-wheel.ts';

/** Someone with a connection here now, or a moment ago. */
class PersonHere extends WheelEntry {
  readonly user: UserId;
  readonly sessions: Session[] = [];
  state: PresenceState = 'offline';
  /** Unix milliseconds of the last connection's end. */
  leftAt = 0;
  private readonly onGraceOver: (person: PersonHere) => void;

  constructor(user: UserId, onGraceOver: (person: PersonHere) => void) {
    super();
    this.user = user;
    this.onGraceOver = onGraceOver;
  }

  onDue(): void {
    this.onGraceOver(this);
  }
}

const presenceTopic = (user: UserId): string => `presence:${user}`;

export interface PresenceParts {
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly offlineAfterMs: number;
  readonly publish: (ephemeral: Ephemeral) => void;
}

/** Who is here ([E3]). Also the index from a user to their connections on this node. */
export class Presence {
  private readonly parts: PresenceParts;
  private readonly people = new Map<UserId, PersonHere>();
  private offlineListener: (user: UserId, at: number) => void = () => {};

  constructor(parts: PresenceParts) {
    this.parts = parts;
  }

  /** Called when someone has become offline; `at` is when their last connection ended (Unix ms). */
  onOffline(listener: (user: UserId, at: number) => void): void {
    this.offlineListener = listener;
  }

  statesOf(users: readonly UserId[]): { user: UserId; state: PresenceState }[] {
    return users.map((user) => ({ user, state: this.people.get(user)?.state ?? 'offline' }));
  }

  sessionsOf(user: UserId): readonly Session[] {
    return this.people.get(user)?.sessions ?? [];
  }

  arrived(user: UserId, session: Session): void {
    let person = this.people.get(user);
    if (person === undefined) {
      person = new PersonHere(user, this.graceOver);
      this.people.set(user, person);
    }
    this.parts.wheel.cancel(person);
    person.sessions.push(session);
    this.settle(person);
  }

  left(user: UserId, session: Session): void {
    const person = this.people.get(user);
    const index = person?.sessions.indexOf(session) ?? -1;
    if (person === undefined || index < 0) return;
    person.sessions.splice(index, 1);
    if (person.sessions.length > 0) {
      this.settle(person);
      return;
    }
    person.leftAt = this.parts.clock.now();
    this.parts.wheel.schedule(person, this.parts.offlineAfterMs);
  }

  /** One of the person's connections said that they are away, or back. */
  changed(user: UserId): void {
    const person = this.people.get(user);
    if (person !== undefined) this.settle(person);
  }

  /** The node goes down: whoever has left is offline now, so that when they were last seen is not lost. */
  end(): void {
    for (const person of [...this.people.values()]) {
      this.parts.wheel.cancel(person);
      if (person.sessions.length === 0) this.graceOver(person);
    }
  }

  private settle(person: PersonHere): void {
    this.tell(person, person.sessions.every((session) => session.away) ? 'away' : 'online');
  }

  private readonly graceOver = (person: PersonHere): void => {
    this.people.delete(person.user);
    this.tell(person, 'offline');
    this.offlineListener(person.user, person.leftAt);
  };

  private tell(person: PersonHere, state: PresenceState): void {
    if (person.state === state) return;
    person.state = state;
    const at = this.parts.clock.now();
    const lastSeenAt = state === 'offline' ? person.leftAt : null;
    const data = { user: person.user, state, lastSeenAt };
    const topic = presenceTopic(person.user);
    this.parts.publish({ topic, key: topic, json: JSON.stringify({ event: 'presence.changed', at, data }) });
  }
}
