import { limits } from '@confab/protocol/limits.ts';

/** What some system takes for more than a letter of a name: separators, wildcards, what cannot be seen, what turns text around. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu;
/** Names that Windows keeps for devices, whatever stands behind the dot. */
const devices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i;
/** Of a name's end that says what it is. */
const endingChars = 20;
/** What most file systems take. */
const maxBytes = 240;

/** A file's name as every system takes it: one line, no path, no longer than `fileNameChars`, its ending kept. */
export function cleanName(typed: string): string {
  const line = typed.normalize('NFC').replace(unsafe, '_').replace(/\s+/gu, ' ').trim();
  // Windows drops what stands at the end, and `..` is a folder.
  const bare = line.replace(/[. ]+$/u, '').replace(/^\.{2,}/u, '_');
  if (!/[\p{L}\p{N}]/u.test(bare)) return 'file';
  const safe = devices.test(bare) ? `_${bare}` : bare;
  return shortened(safe);
}

function shortened(name: string): string {
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= endingChars ? name.slice(dot) : '';
  const stem = [...name.slice(0, name.length - ending.length)];
  const fits = (text: string) => text.length <= limits.fileNameChars && Buffer.byteLength(text) <= maxBytes;
  while (stem.length > 1 && !fits(stem.join('') + ending)) stem.pop();
  return stem.join('').trimEnd() + ending;
}
