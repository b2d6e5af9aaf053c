const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface Scenario {
  readonly name: string;
  /** How far the server's clock is from ours when it starts, and what it is set to while it runs, in milliseconds. */
  readonly startsAt: number;
  readonly movesTo: number;
}

/** From now to shortly before a moment, so that a server that starts now lives through it. */
const shortlyBefore = (moment: number): number => moment - Date.now() - 10_000;

export const scenarios = (): readonly Scenario[] => [
  { name: 'three days on', startsAt: 0, movesTo: 3 * dayMs },
  { name: 'three days back', startsAt: 0, movesTo: -3 * dayMs },
  { name: 'an hour back', startsAt: 0, movesTo: -hourMs },
  // 2^31 seconds after 1970: a clock of 32 bits would begin anew in 1901.
  { name: 'through 2038', ...still(shortlyBefore(2 ** 31 * 1000)) },
  {
    name: '2038, and an hour back over it',
    startsAt: shortlyBefore(2 ** 31 * 1000),
    movesTo: 2 ** 31 * 1000 - Date.now() - hourMs,
  },
  { name: 'through the end of 2099', ...still(shortlyBefore(Date.UTC(2100, 0, 1))) },
];

function still(offsetMs: number): Pick<Scenario, 'startsAt' | 'movesTo'> {
  return { startsAt: offsetMs, movesTo: offsetMs };
}
