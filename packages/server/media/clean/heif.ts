import { allBoxes, type Box, boxesIn } from '../boxes.ts';
import type { FileBytes } from '../file-bytes.ts';
import { lookLimits } from '../limits.ts';
import { onlyOrientation, upright } from './exif.ts';
import type { Patch } from './patches.ts';
import { Unreadable } from './pieces.ts';

/** Reads numbers one after the other; past the end everything is zero. */
class Numbers {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.at >= this.#bytes.length;
  }

  /** @param bytes from 0 to 8 */
  next(bytes: number): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + (this.#bytes[this.at + i] ?? 0);
    this.at += bytes;
    return value;
  }

  word(): string {
    this.at += 4;
    return this.#bytes.toString('latin1', this.at - 4, this.at);
  }

  text(): string {
    const end = this.#bytes.indexOf(0, this.at);
    const text = this.#bytes.toString('latin1', this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.#bytes.length : end + 1;
    return text;
  }
}

type Note = 'exif' | 'xmp';

/** Which items are notes (ISO/IEC 14496-12, `infe`). */
async function notesOf(bytes: FileBytes, list: Box): Promise<Map<number, Note>> {
  const notes = new Map<number, Note>();
  const version = (await bytes.at(list.from, 1))[0] ?? 0;
  for (const { from, to } of await boxesIn(bytes, list.from + (version === 0 ? 6 : 8), list.to)) {
    const numbers = new Numbers(await bytes.at(from, Math.min(to - from, lookLimits.listBytes)));
    const form = numbers.next(1);
    numbers.next(3);
    if (form < 2) continue;
    const id = numbers.next(form === 2 ? 2 : 4);
    numbers.next(2);
    const kind = numbers.word();
    if (kind === 'Exif') notes.set(id, 'exif');
    if (kind !== 'mime') continue;
    numbers.text();
    if (numbers.text() === 'application/rdf+xml') notes.set(id, 'xmp');
  }
  return notes;
}

interface Extent {
  readonly item: number;
  readonly from: number;
  readonly length: number;
  readonly isInData: boolean;
}

/** Where items lie (`iloc`): in the file, or in the box for small ones. */
function* extentsOf(list: Buffer): Iterable<Extent> {
  const numbers = new Numbers(list);
  const version = numbers.next(1);
  numbers.next(3);
  const sizes = numbers.next(2);
  const [ofOffset, ofLength, ofBase, ofIndex] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, sizes & 15];
  const count = numbers.next(version < 2 ? 2 : 4);
  for (let i = 0; i < count && !numbers.isOver; i++) {
    const item = numbers.next(version < 2 ? 2 : 4);
    const isInData = version > 0 && (numbers.next(2) & 15) === 1;
    numbers.next(2);
    const base = numbers.next(ofBase);
    const extents = numbers.next(2);
    for (let extent = 0; extent < extents && !numbers.isOver; extent++) {
      if (version > 0) numbers.next(ofIndex);
      const from = base + numbers.next(ofOffset);
      yield { item, from, length: numbers.next(ofLength), isInData };
    }
  }
}

/** A note that says nothing, in the form in which one has to be. */
const emptyExif = Buffer.concat([Buffer.alloc(4), onlyOrientation(upright)]);

/** What a HEIC or AVIF picture says of where and with what it was taken. How it is turned it says elsewhere. */
export async function heifNotes(bytes: FileBytes): Promise<Patch[]> {
  const meta = (await allBoxes(bytes)).find(({ name }) => name === 'meta');
  if (!meta) return [];
  const boxes = await boxesIn(bytes, meta.from + 4, meta.to);
  const list = boxes.find(({ name }) => name === 'iinf');
  const places = boxes.find(({ name }) => name === 'iloc');
  if (!list || !places) return [];
  const notes = await notesOf(bytes, list);
  if (notes.size === 0) return [];
  if (places.to - places.from > lookLimits.listBytes) throw new Unreadable('Its list of parts is too long.');
  const data = boxes.find(({ name }) => name === 'idat');
  const patches: Patch[] = [];
  for (const { item, from: offset, length, isInData } of extentsOf(
    await bytes.at(places.from, places.to - places.from),
  )) {
    const note = notes.get(item);
    if (!note || (isInData && !data)) continue;
    const from = isInData ? (data?.from ?? 0) + offset : offset;
    patches.push({
      from,
      to: length === 0 ? bytes.size : from + length,
      ...(note === 'exif' ? { bytes: emptyExif } : {}),
    });
  }
  return patches;
}
