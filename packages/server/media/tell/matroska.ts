import type { FileBytes } from '../file-bytes.ts';
import { lookLimits } from '../limits.ts';

/** Elements of Matroska and WebM (RFC 9559, section 5). */
const ids = { segment: 0x18538067, tracks: 0x1654ae6b, cluster: 0x1f43b675, entry: 0xae, type: 0x83 } as const;
const headBytes = 12;
const typeNames: Readonly<Record<number, string>> = { 1: 'vide', 2: 'soun' };

interface Element {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** How many bytes a number takes is told by the zeros that it begins with (RFC 8794, section 4). */
const widthOf = (first: number): number => Math.clz32(first) - 23;

async function elementAt(bytes: FileBytes, at: number, limit: number): Promise<Element | undefined> {
  const head = await bytes.at(at, headBytes);
  const idWidth = widthOf(head[0] ?? 0);
  const lengthWidth = widthOf(head[idWidth] ?? 0);
  if (idWidth > 4 || lengthWidth > 8 || head.length < idWidth + lengthWidth) return undefined;
  const id = head.readUIntBE(0, idWidth);
  let length = (head[idWidth] ?? 0) & (0xff >> lengthWidth);
  let isUnknown = length === 0xff >> lengthWidth;
  for (let i = 1; i < lengthWidth; i++) {
    const byte = head[idWidth + i] ?? 0;
    isUnknown &&= byte === 0xff;
    length = length * 256 + byte;
  }
  const from = at + idWidth + lengthWidth;
  // What is recorded while it is sent does not know how long it will be.
  return { id, from, to: isUnknown ? limit : Math.min(from + length, limit) };
}

async function* elementsIn(bytes: FileBytes, from: number, to: number): AsyncIterable<Element> {
  let at = from;
  for (let count = 0; at < to && count < lookLimits.boxes; count++) {
    const element = await elementAt(bytes, at, to);
    if (!element) return;
    yield element;
    at = element.to;
  }
}

/** What its tracks are: `vide`, `soun` and others, as those of other films are called. */
export async function matroskaTracks(bytes: FileBytes): Promise<Set<string>> {
  const kinds = new Set<string>();
  for await (const segment of elementsIn(bytes, 0, bytes.size)) {
    if (segment.id !== ids.segment) continue;
    for await (const part of elementsIn(bytes, segment.from, segment.to)) {
      if (part.id === ids.cluster) return kinds;
      if (part.id !== ids.tracks) continue;
      for await (const entry of elementsIn(bytes, part.from, part.to)) {
        if (entry.id !== ids.entry) continue;
        for await (const { id, from } of elementsIn(bytes, entry.from, entry.to)) {
          if (id === ids.type) kinds.add(typeNames[(await bytes.at(from, 1))[0] ?? 0] ?? 'other');
        }
      }
    }
  }
  return kinds;
}
