/** A token bucket: `burst` at once, `perSecond` in the long run. Two numbers, so that one costs little per peer. */
export class TokenBucket {
  private tokens: number;
  private lastMs: number;

  constructor(burst: number, nowMs: number) {
    this.tokens = burst;
    this.lastMs = nowMs;
  }

  /** Takes one token; `false` when there is none. `nowMs` is monotonic. */
  take(nowMs: number, perSecond: number, burst: number): boolean {
    if (nowMs > this.lastMs) {
      this.tokens = Math.min(burst, this.tokens + ((nowMs - this.lastMs) / 1_000) * perSecond);
      this.lastMs = nowMs;
    }
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
