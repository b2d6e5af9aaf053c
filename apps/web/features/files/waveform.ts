/** How high the quietest is drawn, so that silence is a line as well. Of 100. */
const leastHigh = 8;

/** As many bars as asked for, from however many points there are: of those that fall on one bar, the loudest. */
export function barsOf(points: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * points.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * points.length) / count));
    return Math.max(leastHigh, ...points.slice(from, to));
  });
}

/** The bars as one path in a box of `count × 100`, with round ends when its stroke has them. */
export function barsPath(points: readonly number[], count: number): string {
  return barsOf(points, count)
    .map((high, bar) => `M${bar + 0.5} ${50 - high / 2}V${50 + high / 2}`)
    .join('');
}
