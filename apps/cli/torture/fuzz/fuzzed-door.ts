import type { DoorTarget } from '../../doors/door-client.ts';
import type { Fuzz } from './fuzz.ts';

export interface FuzzTarget extends DoorTarget {
  readonly mqttPort: number;
  /** The room's log. */
  readonly log: string;
  readonly space: string;
  readonly user: string;
  /** The path of a webhook. */
  readonly hook: string;
}

/** One connection to a door, as bytes. */
export interface Conversation {
  /** The HTTP port of the server when left out. */
  readonly port?: number;
  /** What is said first, and how the connection is ended in good order. */
  readonly opening: readonly Buffer[];
  readonly farewell: Buffer;
  frame(): Buffer;
  /** What is answered at once, after whatever was said before. */
  readonly probe: Buffer;
  /** Lets go of what is open beside it. */
  end?(): void;
}

export interface FuzzedDoor {
  readonly name: string;
  /** Most of it correct, all of it from `fuzz`. */
  converse(target: FuzzTarget, fuzz: Fuzz): Conversation | Promise<Conversation>;
}
