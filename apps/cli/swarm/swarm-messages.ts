/** What the parent asks a swarm process, and what it answers. One request at a time. */
export type SwarmRequest =
  | { do: 'open'; dialect: DialectName; url: string; tokens: readonly string[]; count: number; room: Room | null }
  /** The first `count` members stop reading. */
  | { do: 'pause'; count: number }
  | { do: 'resume' }
  | { do: 'cut' }
  | { do: 'report' };

export type DialectName = 'confab' | 'socket-io' | 'bare';

/** Where the members listen from. */
export interface Room {
  log: string;
  level: 'live' | 'passive';
  epoch: number;
  after: number;
  /** Another log that they hear live, from its head; it is not counted. */
  also?: string;
}

/** Counts since the last report; `members` and `lowest` as of now. */
export interface SwarmReport {
  /** Members that are connected, signed in and listening. */
  members: number;
  deliveries: number;
  /** Events that came without the one before, and ones that came again. */
  gaps: number;
  doubles: number;
  /** Connections that ended from the other side, by close code or refusal. */
  ended: Record<string, number>;
  errors: string[];
  /** The seq that the slowest member has seen, and the slowest of those that read. */
  lowest: number;
  lowestReading: number;
  /** Send to arrival, sampled, of members that read. */
  latenciesMs: number[];
}

/** Milliseconds on a clock that all processes of one machine share. */
export const sharedNowMs = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000;

/** The text of a message that carries when it was sent. */
export const stampedText = (filler = ''): string => `t=${sharedNowMs()};${filler}`;
