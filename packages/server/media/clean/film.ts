import { allBoxes, type Box, boxesAt, boxesIn } from '../boxes.ts';
import type { FileBytes } from '../file-bytes.ts';
import type { Patch } from './patches.ts';

const free = Buffer.from('free', 'latin1');

/** A box that says nothing, as long as it was. */
const emptied = ({ at, from, to }: Box): Patch[] => [
  { from: at + 4, to: at + 8, bytes: free },
  { from, to },
];

/** Notes of a place: QuickTime's and that of 3GPP. */
const places = new Set(['\u00a9xyz', 'loci']);
/** Where programs and cameras write what they like; titles of songs stand there too. */
const notes = [
  ['moov', 'udta'],
  ['moov', 'trak', 'udta'],
];
const foreign = [['moov', 'meta'], ['moov', 'trak', 'meta'], ['uuid'], ['meta'], ['moov', 'uuid']];

/** What an MP4 or QuickTime film says of where and with what it was taken; of a sound only where. */
export async function filmNotes(bytes: FileBytes, isSound: boolean): Promise<Patch[]> {
  const top = await allBoxes(bytes);
  const patches: Patch[] = [];
  for (const path of foreign) patches.push(...(await boxesAt(bytes, top, path)).flatMap(emptied));
  for (const path of notes) {
    for (const box of await boxesAt(bytes, top, path)) {
      const inside = isSound ? await boxesIn(bytes, box.from, box.to) : [box];
      patches.push(...inside.filter((each) => !isSound || places.has(each.name)).flatMap(emptied));
    }
  }
  return patches;
}
