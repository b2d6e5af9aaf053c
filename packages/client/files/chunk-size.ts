import { bounds, times } from '../bounds.ts';

const { first, least } = bounds.chunkBytes;
/** After so many parts one as large as what broke off is tried again. */
const partsAfterLoss = 20;

/** How much of a file goes in one request to one server. */
export class ChunkSize {
  #bytes: number = first;
  /** What broke off last: something may not let so much through and not say so. */
  #lost = Number.POSITIVE_INFINITY;
  #sinceLost = 0;
  /** The largest body that what stands before the server lets through, as far as is known. */
  #most: number;

  constructor(most: number = first) {
    this.#most = clamped(most);
  }

  get bytes(): number {
    return Math.min(this.#bytes, this.#most);
  }

  get most(): number {
    return this.#most;
  }

  /** So many bytes took that long. The line says how many are right: what breaks off may be lost as a whole. */
  took(bytes: number, ms: number): void {
    this.#sinceLost += 1;
    const mayGrow = bytes * 2 < this.#lost || this.#sinceLost > partsAfterLoss;
    if (ms >= times.chunkMs) this.#bytes = clamped((bytes * times.chunkMs) / ms);
    else if (mayGrow && bytes >= this.bytes && ms < times.chunkMs / 2) this.#bytes = clamped(bytes * 2);
  }

  /** A body of so many bytes was too large on the way. Whether a smaller one can be tried. */
  refused(bytes: number): boolean {
    if (bytes <= least) return false;
    this.#most = Math.min(this.#most, clamped(bytes / 2));
    return true;
  }

  /** One of so many bytes broke off without an answer. */
  lost(bytes: number): void {
    // It was not for its size.
    if (bytes <= least) return;
    this.#lost = bytes;
    this.#sinceLost = 0;
    this.#bytes = clamped(Math.min(bytes, this.bytes) / 2);
  }
}

function clamped(bytes: number): number {
  return Math.round(Math.min(first, Math.max(least, bytes)));
}
