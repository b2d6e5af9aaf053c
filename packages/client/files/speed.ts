import { times } from '../bounds.ts';

/** How fast something goes, of the last seconds. */
export class Speed {
  #samples: { at: number; bytes: number }[] = [];

  /** So many bytes in all have gone at that time (monotonic milliseconds). */
  saw(bytes: number, at: number): void {
    // It was begun anew.
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = [];
    this.#samples.push({ at, bytes });
    const recent = this.#samples.findIndex((sample) => at - sample.at <= times.speedOverMs);
    // One from before, so that a line on which little comes is not told to be fast.
    this.#samples.splice(0, Math.max(0, recent - 1));
  }

  /** `null` while nobody can say. */
  get bytesPerSecond(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < times.progressEveryMs) return null;
    return Math.round(((last.bytes - first.bytes) * 1_000) / (last.at - first.at));
  }
}
