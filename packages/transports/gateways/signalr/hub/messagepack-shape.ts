import { isUtf8 } from 'node:buffer';
import { NotInForm } from './message.ts';

/**
 * What each first byte of MessagePack stands for: how many bytes of a length follow it, how many bytes of the value
 * itself, and whether values follow (one for each element, or two for each entry of a map).
 */
interface Shape {
  readonly lengthBytes: 0 | 1 | 2 | 4;
  /** Of the value, beside what its length says. */
  readonly bytes: number;
  /** Values that follow for each one that the length counts; 0: it counts bytes. */
  readonly perCount: 0 | 1 | 2;
}

const plain = (bytes: number): Shape => ({ lengthBytes: 0, bytes, perCount: 0 });
const sized = (lengthBytes: 1 | 2 | 4, bytes = 0): Shape => ({ lengthBytes, bytes, perCount: 0 });
const holding = (lengthBytes: 2 | 4, perCount: 1 | 2): Shape => ({ lengthBytes, bytes: 0, perCount });

/** From 0xc0 to 0xdf; 0xc1 is never used. */
const shapes: readonly (Shape | undefined)[] = [
  ...[plain(0), undefined, plain(0), plain(0)],
  // bin and ext, whose type is one byte more
  ...[sized(1), sized(2), sized(4), sized(1, 1), sized(2, 1), sized(4, 1)],
  // float, uint, int
  ...[plain(4), plain(8), plain(1), plain(2), plain(4), plain(8), plain(1), plain(2), plain(4), plain(8)],
  // fixext, its type included
  ...[plain(2), plain(3), plain(5), plain(9), plain(17)],
  // str, array, map
  ...[sized(1), sized(2), sized(4), holding(2, 1), holding(4, 1), holding(2, 2), holding(4, 2)],
];

const texts: ReadonlySet<number> = new Set([0xd9, 0xda, 0xdb]);

/**
 * Walks over one value without building it, so that what it claims to hold is known to be there: a decoder makes room
 * for an array of the claimed length before it has seen the first element.
 * @throws `NotInForm` unless the bytes are one whole value, not deeper than `maxDepth`.
 */
export function checkShape(bytes: Uint8Array, maxDepth: number): void {
  /** Values still to come at each level. */
  const open = [1];
  let at = 0;
  while (open.length > 0) {
    const level = open.length - 1;
    const left = open[level] ?? 0;
    if (left === 0) {
      open.pop();
      continue;
    }
    open[level] = left - 1;
    const { next, values } = readHead(bytes, at);
    at = next;
    if (at > bytes.length || values > bytes.length - at) throw new NotInForm('The message is incomplete.');
    if (values === 0) continue;
    if (open.length > maxDepth) throw new NotInForm('The message is nested too deeply.');
    open.push(values);
  }
  if (at !== bytes.length) throw new NotInForm('Something follows the message.');
}

/** Where the value that begins at `at` ends, but for the values that it holds, and how many these are. */
function readHead(bytes: Uint8Array, at: number): { next: number; values: number } {
  const first = bytes[at];
  if (first === undefined) throw new NotInForm('The message is incomplete.');
  if (first < 0x80 || first >= 0xe0) return { next: at + 1, values: 0 };
  if (first < 0x90) return { next: at + 1, values: (first & 0x0f) * 2 };
  if (first < 0xa0) return { next: at + 1, values: first & 0x0f };
  if (first < 0xc0) return { next: textEnd(bytes, at + 1, first & 0x1f), values: 0 };
  const shape = shapes[first - 0xc0];
  if (shape === undefined) throw new NotInForm('The message is not MessagePack.');
  let count = 0;
  for (let index = 0; index < shape.lengthBytes; index += 1) count = count * 0x100 + (bytes[at + 1 + index] ?? 0);
  const start = at + 1 + shape.lengthBytes + shape.bytes;
  if (shape.perCount > 0) return { next: start, values: count * shape.perCount };
  return { next: texts.has(first) ? textEnd(bytes, start, count) : start + count, values: 0 };
}

function textEnd(bytes: Uint8Array, start: number, length: number): number {
  // The decoder would take other bytes for some text or other.
  if (!isUtf8(bytes.subarray(start, start + length))) throw new NotInForm('A text is not UTF-8.');
  return start + length;
}
