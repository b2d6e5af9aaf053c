/** Far enough apart to be told from each other in both themes. Degrees of OKLCH hue. */
const hues = [12, 38, 64, 92, 128, 158, 188, 218, 246, 274, 304, 338] as const;

/** A stable hue for an id (FNV-1a over its characters). */
export function avatarHue(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return hues[(hash >>> 0) % hues.length] ?? hues[0];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function firstGrapheme(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}

/** The first letters of the first and the last word; whole graphemes, so that no script or emoji is cut in two. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstGrapheme(words[0] ?? '');
  const last = words.length > 1 ? firstGrapheme(words.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase();
}
