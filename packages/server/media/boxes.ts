import type { FileBytes } from './file-bytes.ts';
import { lookLimits } from './limits.ts';

/** A part of a file of the ISO base media format (ISO/IEC 14496-12, section 4.2): MP4, QuickTime, HEIC, AVIF. */
export interface Box {
  readonly name: string;
  readonly at: number;
  /** Where its content begins, and ends. */
  readonly from: number;
  readonly to: number;
}

const headBytes = 8;
const longHeadBytes = 16;

/** The boxes in a stretch of a file; what does not fit into it ends it. */
export async function boxesIn(bytes: FileBytes, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = from; at + headBytes <= to && boxes.length < lookLimits.boxes; ) {
    const box = await boxAt(bytes, at, to);
    if (!box) break;
    boxes.push(box);
    at = box.to;
  }
  return boxes;
}

async function boxAt(bytes: FileBytes, at: number, limit: number): Promise<Box | undefined> {
  const head = await bytes.at(at, longHeadBytes);
  if (head.length < headBytes) return undefined;
  const stated = head.readUInt32BE(0);
  const name = head.toString('latin1', 4, 8);
  if (stated === 1 && head.length < longHeadBytes) return undefined;
  const headLength = stated === 1 ? longHeadBytes : headBytes;
  const length = stated === 0 ? limit - at : stated === 1 ? Number(head.readBigUInt64BE(8)) : stated;
  if (length < headLength) return undefined;
  return { name, at, from: at + headLength, to: Math.min(at + length, limit) };
}

export const allBoxes = (bytes: FileBytes): Promise<Box[]> => boxesIn(bytes, 0, bytes.size);

const insideOf = (bytes: FileBytes, { from, to }: Box): Promise<Box[]> => boxesIn(bytes, from, to);

/** Those that a path of names leads to. */
export async function boxesAt(bytes: FileBytes, boxes: readonly Box[], path: readonly string[]): Promise<Box[]> {
  const [name, ...rest] = path;
  const found = boxes.filter((box) => box.name === name);
  if (rest.length === 0) return found;
  const deeper: Box[] = [];
  for (const box of found) deeper.push(...(await boxesAt(bytes, await insideOf(bytes, box), rest)));
  return deeper;
}

/** What its tracks are: `vide`, `soun` and others. */
export async function trackKinds(bytes: FileBytes): Promise<Set<string>> {
  const handlers = await boxesAt(bytes, await allBoxes(bytes), ['moov', 'trak', 'mdia', 'hdlr']);
  const kinds = new Set<string>();
  // After a version and a word that is always zero.
  for (const { from } of handlers) kinds.add((await bytes.at(from + 8, 4)).toString('latin1'));
  return kinds;
}
