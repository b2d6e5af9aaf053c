/** One way to go over a bound, and how the server has to answer: `closed <code>`, `HTTP <status>`, `refused <code>`. */
export interface LimitCase {
  name: string;
  expected: string | RegExp;
  /** Waits for one of the server's own timeouts: only in the full run. */
  slow?: boolean;
  run(target: LimitTarget): Promise<string>;
}

export interface LimitTarget {
  url: string;
  token: string;
  room: string;
  mqttPort: number;
}
