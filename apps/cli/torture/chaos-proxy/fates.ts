/** How the bytes of a connection travel. */
export const paceWeights = {
  /** As they come. */
  plain: 8,
  /** Each chunk a while later. */
  delayed: 4,
  /** In pieces of random length, with a turn of the event loop between them. */
  split: 3,
  /** Byte by byte. */
  bytewise: 2,
  /** All at once they stop, for some time, and then go on. */
  stalled: 2,
} as const;

export type PaceName = keyof typeof paceWeights;

export interface Fate {
  readonly pace: PaceName;
  /** Bytes, of both directions together, after which the connection is cut. */
  readonly cutAfterBytes: number;
  /** Whether the client's bytes go to the server twice. */
  readonly twin: boolean;
}

/** The largest number of bytes that a connection lives for, and the least: within the request that opens it. */
const longestBytes = 64 * 1024;
const shortestBytes = 40;
const twinShare = 0.15;

/** What happens to one connection. The ends are spread over the orders of magnitude: handshakes are met as often as long talks. */
export function drawFate(random: () => number, calm: boolean): Fate {
  if (calm) return { pace: 'plain', cutAfterBytes: Number.POSITIVE_INFINITY, twin: false };
  const cutAfterBytes = Math.floor(shortestBytes * (longestBytes / shortestBytes) ** random());
  return { pace: drawPace(random()), cutAfterBytes, twin: random() < twinShare };
}

function drawPace(fraction: number): PaceName {
  const names = Object.keys(paceWeights) as PaceName[];
  let left = fraction * names.reduce((sum, name) => sum + paceWeights[name], 0);
  for (const name of names) {
    left -= paceWeights[name];
    if (left < 0) return name;
  }
  return 'plain';
}
