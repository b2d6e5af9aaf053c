import type { FileBytes } from '../file-bytes.ts';
import { lookLimits } from '../limits.ts';
import type { Patch } from './patches.ts';
import { Unreadable } from './pieces.ts';

const entryBytes = 12;
/** Bytes of a value by its type (TIFF 6.0, section 2). */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const wordsType = 2;
const space = 0x20;
/** Directories of their own: Exif, GPS, and what works together with others. */
const innerTags = new Set([0x8769, 0x8825, 0xa005]);
/** Description, maker, model, program, time, artist, machine, XMP, IPTC, Photoshop's, rights and owner. */
const noteTags = new Set([
  ...[0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x013c, 0x02bc, 0x83bb, 0x8649, 0x8298, 0x935c],
  ...[0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f, 0xc62f],
]);

interface Entry {
  readonly tag: number;
  /** Where its value lies. */
  readonly from: number;
  readonly to: number;
  /** The value itself, of one that points elsewhere. */
  readonly value: number;
  /** They end with a zero, in front of which there must be none. */
  readonly isWords: boolean;
}

interface Directory {
  readonly at: number;
  readonly end: number;
  readonly next: number;
  readonly entries: readonly Entry[];
}

/** What a TIFF says of where and with what it was taken. */
export async function tiffNotes(bytes: FileBytes): Promise<Patch[]> {
  const head = Buffer.from(await bytes.at(0, 8));
  const isLittle = head.toString('latin1', 0, 2) === 'II';
  const u16 = (from: Buffer, at: number) => (isLittle ? from.readUInt16LE(at) : from.readUInt16BE(at));
  const u32 = (from: Buffer, at: number) => (isLittle ? from.readUInt32LE(at) : from.readUInt32BE(at));

  async function directoryAt(at: number): Promise<Directory | undefined> {
    const counted = await bytes.at(at, 2);
    if (at < 8 || counted.length < 2) return undefined;
    const count = u16(counted, 0);
    const end = at + 2 + count * entryBytes + 4;
    const table = await bytes.at(at + 2, count * entryBytes + 4);
    if (table.length < count * entryBytes + 4) return undefined;
    const entries = Array.from({ length: count }, (_, index) => {
      const place = index * entryBytes;
      const length = (typeBytes[u16(table, place + 2)] ?? 0) * u32(table, place + 4);
      const value = u32(table, place + 8);
      const from = length <= 4 ? at + 2 + place + 8 : value;
      const isWords = u16(table, place + 2) === wordsType;
      return { tag: u16(table, place), from, to: from + length, value, isWords };
    });
    return { at, end, next: u32(table, count * entryBytes), entries };
  }

  if (head.length < 8 || u16(head, 2) !== 42) throw new Unreadable('It is another kind of TIFF.');
  const patches: Patch[] = [];
  const seen = new Set<number>();
  for (let at = u32(head, 4); at !== 0 && !seen.has(at); ) {
    if (seen.size >= lookLimits.directories) throw new Unreadable('It has too many directories.');
    seen.add(at);
    const directory = await directoryAt(at);
    if (!directory) break;
    for (const { tag, from, to, value, isWords } of directory.entries) {
      if (noteTags.has(tag)) patches.push(isWords ? { from, to: to - 1, fill: space } : { from, to });
      const inner = innerTags.has(tag) ? await directoryAt(value) : undefined;
      if (inner) patches.push({ from: inner.at, to: inner.end }, ...inner.entries);
    }
    at = directory.next;
  }
  return patches;
}
