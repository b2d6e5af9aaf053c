/** The records of a zip as its specification (APPNOTE 6.3) lays them out; with its fields for large files (4.5.3). */

export interface FileSums {
  readonly crc: number;
  /** Bytes as they stand in the zip, and as they were. */
  readonly packed: number;
  readonly size: number;
}

/** What a field of four bytes cannot say. */
const largest = 0xff_ff_ff_ff;
const mostEntries = 0xff_ff;
/** From so many bytes on a file may not fit four bytes, however it is packed. */
export const zip64From = 0xf0_00_00_00;

/** Names are in UTF-8; the sums stand behind the bytes; deflated. */
const utf8Names = 0x08_00;
const sumsFollow = 0x00_08;
const deflated = 8;
const [version, largeVersion] = [20, 45] as const;
/** The 1st of January 1980: a file of the same content is the same file. */
const noDate = 0x00_21;
const largeField = 0x00_01;

function numbers(
  bytes: number,
  ...fields: readonly (readonly [at: number, width: 2 | 4 | 8, value: number])[]
): Buffer {
  const record = Buffer.alloc(bytes);
  for (const [at, width, value] of fields) {
    if (width === 2) record.writeUInt16LE(value, at);
    else if (width === 4) record.writeUInt32LE(value, at);
    else record.writeBigUInt64LE(BigInt(value), at);
  }
  return record;
}

const fits = (value: number): number => Math.min(value, largest);

/** Numbers that do not fit, in a field of their own behind the name. */
function largeNumbers(values: readonly number[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  const places = values.map((value, index) => [4 + index * 8, 8, value] as const);
  return numbers(4 + values.length * 8, [0, 2, largeField], [2, 2, values.length * 8], ...places);
}

/** What stands before a file's bytes. `null`: its sums follow them. */
export function localHeader(name: Buffer, sums: FileSums | null, isLarge = false): Buffer {
  const behind = sums === null && isLarge ? largeNumbers([0, 0]) : Buffer.alloc(0);
  const unknown = isLarge ? largest : 0;
  const header = numbers(
    30,
    [0, 4, 0x04_03_4b_50],
    [4, 2, isLarge ? largeVersion : version],
    [6, 2, utf8Names | (sums === null ? sumsFollow : 0)],
    [8, 2, deflated],
    [12, 2, noDate],
    [14, 4, sums?.crc ?? 0],
    [18, 4, sums?.packed ?? unknown],
    [22, 4, sums?.size ?? unknown],
    [26, 2, name.length],
    [28, 2, behind.length],
  );
  return Buffer.concat([header, name, behind]);
}

/** A file's sums behind its bytes. */
export function sumsBehind({ crc, packed, size }: FileSums, isLarge: boolean): Buffer {
  const sign = [0, 4, 0x08_07_4b_50] as const;
  return isLarge
    ? numbers(24, sign, [4, 4, crc], [8, 8, packed], [16, 8, size])
    : numbers(16, sign, [4, 4, crc], [8, 4, packed], [12, 4, size]);
}

/** A file in the directory at the end. `offset`: where its header stands. */
export function directoryEntry(
  name: Buffer,
  { sums: { crc, packed, size }, offset, streamed }: { sums: FileSums; offset: number; streamed: boolean },
): Buffer {
  const behind = largeNumbers([size, packed, offset].filter((value) => value >= largest));
  const needs = behind.length > 0 ? largeVersion : version;
  const entry = numbers(
    46,
    [0, 4, 0x02_01_4b_50],
    [4, 2, needs],
    [6, 2, needs],
    [8, 2, utf8Names | (streamed ? sumsFollow : 0)],
    [10, 2, deflated],
    [14, 2, noDate],
    [16, 4, crc],
    [20, 4, fits(packed)],
    [24, 4, fits(size)],
    [28, 2, name.length],
    [30, 2, behind.length],
    [42, 4, fits(offset)],
  );
  return Buffer.concat([entry, name, behind]);
}

/** What a zip ends with: how many files it has, and how many bytes their directory has and from where on. */
export function directoryTail(entries: number, size: number, offset: number): Buffer {
  const tail = numbers(
    22,
    [0, 4, 0x06_05_4b_50],
    [8, 2, Math.min(entries, mostEntries)],
    [10, 2, Math.min(entries, mostEntries)],
    [12, 4, fits(size)],
    [16, 4, fits(offset)],
  );
  if (entries < mostEntries && size < largest && offset < largest) return tail;
  const large = numbers(
    56,
    [0, 4, 0x06_06_4b_50],
    [4, 8, 44],
    [12, 2, largeVersion],
    [14, 2, largeVersion],
    [24, 8, entries],
    [32, 8, entries],
    [40, 8, size],
    [48, 8, offset],
  );
  const pointer = numbers(20, [0, 4, 0x07_06_4b_50], [8, 8, offset + size], [16, 4, 1]);
  return Buffer.concat([large, pointer, tail]);
}
