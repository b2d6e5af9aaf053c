import { Kept, type Piece } from './pieces.ts';

/** Bytes that stand in the place of as many others; where there are fewer, one byte (else zero) fills the place. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  readonly bytes?: Uint8Array;
  readonly fill?: number;
}

/** A file of the same length: what points into it still points to the same. */
export function patched(size: number, patches: readonly Patch[]): Piece[] {
  const kept = new Kept();
  let at = 0;
  for (const { from, to, bytes, fill = 0 } of patches.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(at, from);
    const end = Math.min(to, size);
    if (end <= start) continue;
    kept.keep(at, start);
    const put = start === from && bytes !== undefined && bytes.length <= end - start ? bytes : undefined;
    if (put) kept.put(put);
    kept.fill(end - start - (put?.length ?? 0), fill);
    at = end;
  }
  kept.keep(at, size);
  return kept.pieces;
}
