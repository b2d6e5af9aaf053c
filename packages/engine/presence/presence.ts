import type { PresenceState, UserId } from '@confab/protocol';
import type { PersonOnNode } from '../bus.ts';
import type { Ephemeral } from '../domain.ts';
import type { Clock } from '../ports.ts';
import type { Session } from '../session.ts';
import type { TimerWheel } from '../timer-wheel.ts';
import { Person } from './person.ts';
import { presenceTopic } from './presence-topic.ts';

export interface PresenceParts {
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly offlineAfterMs: number;
  /** People of other nodes that are known here at most. */
  readonly remotePeople: number;
  /** Tells the connections of this node that watch. */
  readonly tell: (ephemeral: Ephemeral) => void;
  /** Something changed that other nodes are to know. */
  readonly tellOthers: (person: PersonOnNode) => void;
}

/** Who is here ([E3]), on this node and on the others. Also the index from a user to their connections here. */
export class Presence {
  /** People with a connection on this node. */
  hereCount = 0;
  private readonly parts: PresenceParts;
  private readonly people = new Map<UserId, Person>();
  private elsewhereCount = 0;
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

  online(most: number): UserId[] | null {
    const online: UserId[] = [];
    for (const { user, state } of this.people.values()) {
      if (state === 'online' && online.push(user) > most) return null;
    }
    return online;
  }

  sessionsOf(user: UserId): readonly Session[] {
    return this.people.get(user)?.sessions ?? [];
  }

  /** Everyone with a connection on this node. */
  *here(): Iterable<PersonOnNode> {
    for (const { user, stateHere } of this.people.values()) {
      if (stateHere !== 'offline') yield { user, state: stateHere, lastSeenAt: null };
    }
  }

  arrived(user: UserId, session: Session): void {
    const person = this.personOf(user);
    if (person.sessions.length === 0) this.hereCount += 1;
    person.isOurs = true;
    person.sessions.push(session);
    this.changedHere(person);
  }

  left(user: UserId, session: Session): void {
    const person = this.people.get(user);
    const index = person?.sessions.indexOf(session) ?? -1;
    if (person === undefined || index < 0) return;
    person.sessions.splice(index, 1);
    if (person.sessions.length === 0) {
      this.hereCount -= 1;
      person.leftAt = this.parts.clock.now();
    }
    this.changedHere(person);
  }

  /** One of the person's connections said that they are away, or back. */
  changed(user: UserId): void {
    const person = this.people.get(user);
    if (person !== undefined) this.changedHere(person);
  }

  /**
   * Another node told of someone. `isOurs`: that node cannot note any more when they were last seen, so it is for
   * this one to do.
   */
  changedElsewhere(node: string, { user, state, lastSeenAt }: PersonOnNode, isOurs = false): void {
    const known = this.people.get(user);
    if (state !== 'offline') {
      const isNew = known?.elsewhere?.has(node) !== true;
      if (isNew && this.elsewhereCount >= this.parts.remotePeople) return;
      const person = known ?? this.personOf(user);
      person.elsewhere ??= new Map();
      person.elsewhere.set(node, state);
      if (isNew) this.elsewhereCount += 1;
      this.settle(person);
      return;
    }
    if (known?.elsewhere?.delete(node) !== true) return;
    this.elsewhereCount -= 1;
    if (known.elsewhere.size === 0) known.elsewhere = null;
    known.isOurs ||= isOurs;
    known.leftAt = Math.max(known.leftAt, lastSeenAt ?? this.parts.clock.now());
    this.settle(known);
  }

  /** The node goes down: whoever has left is offline now, so that when they were last seen is not lost. */
  end(): void {
    for (const person of [...this.people.values()]) {
      this.parts.wheel.cancel(person);
      if (person.stateAnywhere === 'offline') this.graceOver(person);
    }
  }

  private personOf(user: UserId): Person {
    let person = this.people.get(user);
    if (person === undefined) {
      person = new Person(user, this.graceOver);
      this.people.set(user, person);
    }
    return person;
  }

  private changedHere(person: Person): void {
    const { user, stateHere } = person;
    if (stateHere !== person.toldState) {
      person.toldState = stateHere;
      this.parts.tellOthers({ user, state: stateHere, lastSeenAt: stateHere === 'offline' ? person.leftAt : null });
    }
    this.settle(person);
  }

  /** Whoever has just left everywhere keeps their state for a while: they may be on their way to another node. */
  private settle(person: Person): void {
    const state = person.stateAnywhere;
    if (state === 'offline') {
      if (person.slot < 0) this.parts.wheel.schedule(person, this.parts.offlineAfterMs);
      return;
    }
    this.parts.wheel.cancel(person);
    this.tell(person, state);
  }

  private readonly graceOver = (person: Person): void => {
    this.people.delete(person.user);
    this.tell(person, 'offline');
    if (person.isOurs) this.offlineListener(person.user, person.leftAt);
  };

  private tell(person: Person, state: PresenceState): void {
    if (person.state === state) return;
    person.state = state;
    const at = this.parts.clock.now();
    const lastSeenAt = state === 'offline' ? person.leftAt : null;
    const data = { user: person.user, state, lastSeenAt };
    const topic = presenceTopic(person.user);
    this.parts.tell({ topic, key: topic, json: JSON.stringify({ event: 'presence.changed', at, data }) });
  }
}
