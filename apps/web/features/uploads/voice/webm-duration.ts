/** How much of the beginning of a recording is looked at. Bytes. */
const headBytes = 4_096;
const segmentId = 0x18_53_80_67;
const infoId = 0x15_49_a9_66;
/** Says where the other parts are, which would no longer be true. */
const seekHeadId = 0x11_4d_9b_74;
const durationId = 0x44_89;
const scaleId = 0x2a_d7_b1;
/** Id, length and a 64-bit number. */
const durationBytes = 11;
/** Nanoseconds that one unit of time is, unless a file says otherwise. */
const usualScale = 1_000_000;

interface Element {
  readonly id: number;
  readonly at: number;
  /** Where its content begins, and how long that is; `null`: to the end. */
  readonly from: number;
  readonly size: number | null;
  /** How many bytes its length is written with, right before the content. */
  readonly sizeBytes: number;
}

/**
 * Writes how long it is into a WebM recording, which browsers may leave out because they do not know it when they begin:
 * players show it then, and can go to any place. What says it already, or is not understood, is given back as it was.
 */
export async function withDuration(recording: Blob, durationMs: number): Promise<Blob> {
  const head = new Uint8Array(await recording.slice(0, headBytes).arrayBuffer());
  const info = findInfo(head);
  if (info === null || info.size === null || info.from + info.size > head.length) return recording;
  const end = info.from + info.size;
  const inside = elementsIn(head, info.from, end);
  const told = inside.find(({ id }) => id === durationId);
  if (told !== undefined && !isZero(head, told)) return recording;
  const kept = inside
    .filter((element) => element !== told)
    .map(({ at, from, size }) => head.slice(at, from + (size ?? 0)));
  const parts = [...kept, durationElement(durationMs, scaleOf(head, inside))];
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const before = head.slice(0, info.from - info.sizeBytes);
  return new Blob([before, sizeInEight(size), ...parts, recording.slice(end)], { type: recording.type });
}

/** The part that says what the recording is. The one around it has to be without an end: its length would be wrong. */
function findInfo(head: Uint8Array): Element | null {
  const segment = elementsIn(head, 0, head.length).find(({ id }) => id === segmentId);
  if (segment === undefined || segment.size !== null) return null;
  const parts = elementsIn(head, segment.from, head.length);
  if (parts.some(({ id }) => id === seekHeadId)) return null;
  return parts.find(({ id }) => id === infoId) ?? null;
}

/** The elements that stand side by side from `at` on (RFC 8794), as far as they are whole. */
function elementsIn(bytes: Uint8Array, at: number, end: number): Element[] {
  const found: Element[] = [];
  let next = at;
  while (next < end) {
    const idBytes = lengthOf(bytes[next]);
    const sizeAt = next + idBytes;
    const sizeBytes = lengthOf(bytes[sizeAt]);
    if (idBytes === 0 || idBytes > 4 || sizeBytes === 0 || sizeAt + sizeBytes > end) break;
    const size = readSize(bytes, sizeAt, sizeBytes);
    const from = sizeAt + sizeBytes;
    found.push({ id: readNumber(bytes, next, idBytes), at: next, from, size, sizeBytes });
    if (size === null) break;
    next = from + size;
  }
  return found;
}

/** Of a number whose first byte says how many bytes it has; 0: none has so many. */
function lengthOf(first: number | undefined): number {
  return first === undefined || first === 0 ? 0 : Math.clz32(first) - 23;
}

function readNumber(bytes: Uint8Array, at: number, length: number): number {
  return bytes.subarray(at, at + length).reduce((number, byte) => number * 256 + byte, 0);
}

/** All ones stand for “unknown”. */
function readSize(bytes: Uint8Array, at: number, length: number): number | null {
  const most = 2 ** (7 * length);
  const size = readNumber(bytes, at, length) - most;
  return size === most - 1 ? null : size;
}

/** Written while nobody knew it. */
function isZero(bytes: Uint8Array, { from, size }: Element): boolean {
  return bytes.subarray(from, from + (size ?? 0)).every((byte) => byte === 0);
}

/** In eight bytes, whatever it was written with before. */
function sizeInEight(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size) | (1n << 56n));
  return bytes;
}

function scaleOf(head: Uint8Array, inside: readonly Element[]): number {
  const scale = inside.find(({ id }) => id === scaleId);
  return scale?.size ? readNumber(head, scale.from, scale.size) : usualScale;
}

function durationElement(durationMs: number, scale: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(durationBytes);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, durationId);
  view.setUint8(2, 0x88);
  view.setFloat64(3, (durationMs * 1_000_000) / scale);
  return bytes;
}
