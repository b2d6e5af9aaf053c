import type { PresenceState, UserId } from '@confab/protocol';
import type { Session } from '../session.ts';
import { WheelEntry } from '../timer-wheel.ts';

/** How someone is while they have a connection. */
export type HereState = Exclude<PresenceState, 'offline'>;

/** Someone with a connection on this node or another, now or a moment ago. */
export class Person extends WheelEntry {
  readonly user: UserId;
  /** Their connections on this node. */
  readonly sessions: Session[] = [];
  /** How they are on other nodes, by the node's name; `null` when they are on none. */
  elsewhere: Map<string, HereState> | null = null;
  /** What was told here last. */
  state: PresenceState = 'offline';
  /** What other nodes were told last of their connections here. */
  toldState: PresenceState = 'offline';
  /** Unix milliseconds of the last connection's end. */
  leftAt = 0;
  /** Whether it is for this node to note when they were last seen. */
  isOurs = false;
  private readonly onGraceOver: (person: Person) => void;

  constructor(user: UserId, onGraceOver: (person: Person) => void) {
    super();
    this.user = user;
    this.onGraceOver = onGraceOver;
  }

  /** By the connections of this node. */
  get stateHere(): PresenceState {
    if (this.sessions.length === 0) return 'offline';
    return this.sessions.every((session) => session.away) ? 'away' : 'online';
  }

  /** By all connections that are known; `offline` when there is none ([E3]). */
  get stateAnywhere(): PresenceState {
    const here = this.stateHere;
    if (here === 'online' || this.elsewhere === null) return here;
    for (const state of this.elsewhere.values()) if (state === 'online') return 'online';
    return 'away';
  }

  onDue(): void {
    this.onGraceOver(this);
  }
}
