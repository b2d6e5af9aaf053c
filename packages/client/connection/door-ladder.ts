/** The ways to the server, best first. All carry the same frames; what is lower costs more or is slower. */
export const doorNames = ['websocket', 'http-stream', 'sse', 'long-poll', 'poll'] as const;
export type DoorName = (typeof doorNames)[number];

/** Attempts that a door gets before the next one is tried. */
const attemptsEach = 2;

/** Which door to try next: some networks let no WebSocket through, and some hold streams back. */
export class DoorLadder {
  #rung = 0;
  #failures = 0;

  get door(): DoorName {
    return doorNames[this.#rung] ?? 'websocket';
  }

  get isBest(): boolean {
    return this.#rung === 0;
  }

  /** The door led to a welcome: it is kept. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** The server is there, but not through this door. After the last comes the first again. */
  failed(): void {
    this.#failures += 1;
    if (this.#failures < attemptsEach) return;
    this.#failures = 0;
    this.#rung = (this.#rung + 1) % doorNames.length;
  }

  /** The best door works again. */
  climbed(): void {
    this.#rung = 0;
    this.#failures = 0;
  }
}
