import { getFileNameLowLevel, openPromise } from 'yauzl';
import type { LookedInto } from '../media.ts';
import { Entries } from './entries.ts';

/** What a ZIP archive says is in it: nothing is unpacked. */
export async function lookIntoZip(path: string): Promise<LookedInto> {
  // It leaves names as they are, also those that lead out of the folder that it might be unpacked to.
  const archive = await openPromise(path, { lazyEntries: true, decodeStrings: false });
  const entries = new Entries();
  try {
    for await (const { generalPurposeBitFlag, fileNameRaw, extraFields, uncompressedSize } of archive.eachEntry()) {
      const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
      entries.add(name, name.endsWith('/') ? null : uncompressedSize);
      if (entries.isOver) break;
    }
  } catch (error) {
    // It is broken somewhere behind what was found.
    if (entries.listed.entries.length === 0) throw error;
    entries.cutShort();
  } finally {
    archive.close();
  }
  return { details: {}, previews: [], entries: entries.listed };
}
