import type { File } from '@confab/protocol';

/** How large a picture or a video is at most in a message. CSS pixels. */
const [mostWide, mostHigh] = [480, 360];
/** What a picture is pressed with is no smaller than this. CSS pixels. */
const leastPx = 48;
/** Between two files. CSS pixels. */
export const gapPx = 6;

/** Where a picture is shown, in CSS pixels; in a narrower place it keeps its proportions. */
export interface Frame {
  width: number;
  height: number;
}

/** By how high they are, in CSS pixels: those that have a frame stand above them. */
const heights = { voice: 64, sound: 80, pdf: 92, other: 60 } as const;
/** The head of a text and what stands around its lines; a line; what a line has at least where a text is short. Bytes. */
const [textPx, linePx, lineBytes] = [66, 20, 6];

const grids: readonly number[] = [0, 0, 240, 320, mostHigh];

/** Whether there is a picture of it to show, or will be: what the server could not read is none, or too large for one. */
export const isPicture = ({ kind, previews, pending }: File): boolean =>
  kind === 'picture' && (previews !== undefined || pending === true);

const kept = (px: number, most: number): number => Math.round(Math.min(Math.max(px, leastPx), most));

/** One large: in its own proportions, as long as they can be looked at, and never larger than it is. */
export function frameOf({ width = 320, height = 240, kind }: File): Frame {
  const scale = Math.min(kind === 'video' ? Infinity : 1, mostWide / width, mostHigh / height);
  return { width: kept(width * scale, mostWide), height: kept(height * scale, mostHigh) };
}

export const gridFrame = (count: number): Frame => ({ width: mostWide, height: grids[count] ?? mostHigh });

/** The files of a message as they are shown: pictures first, then what moves, then the rest. */
export function arranged(files: readonly File[]) {
  const pictures = files.filter(isPicture);
  const videos = files.filter(({ kind }) => kind === 'video');
  const rest = files.filter((file) => !pictures.includes(file) && file.kind !== 'video');
  const [first, second] = pictures;
  const above = second ? [gridFrame(pictures.length)] : first ? [frameOf(first)] : [];
  return { pictures, videos, rest, frames: [...above, ...videos.map(frameOf)] };
}

/** How many lines of a text are shown, which has to be said before there is one of them. */
export const linesOf = ({ size }: File): number => Math.min(Math.max(2, Math.ceil(size / lineBytes)), 6);

export const heightOf = (file: File): number =>
  file.kind === 'text'
    ? textPx + linesOf(file) * linePx
    : (heights[file.voice ? 'voice' : (file.kind as keyof typeof heights)] ?? heights.other);
