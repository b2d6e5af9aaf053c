/** How much randomness is drawn at once. */
const poolBytes = 4_096;

/** Draws randomness in large pieces: asking the system costs as much for eight bytes as for four thousand. */
export function randomPool(draw: (count: number) => Uint8Array): (count: number) => Uint8Array {
  let pool: Uint8Array = new Uint8Array(0);
  let used = 0;
  return (count) => {
    if (used + count > pool.length) {
      pool = draw(Math.max(poolBytes, count));
      used = 0;
    }
    used += count;
    return pool.subarray(used - count, used);
  };
}
