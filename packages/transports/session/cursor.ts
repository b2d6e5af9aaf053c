import type { LogId } from '@confab/protocol';

/** A position on a log: everything up to `seq` was received. */
export interface LogPosition {
  readonly epoch: number;
  readonly seq: number;
}

/** Positions on any number of logs, as one text that a client keeps and hands back to go on from there. */
export type Positions = ReadonlyMap<LogId, LogPosition>;

const kinds = ['room', 'space', 'inbox'] as const;
const form = 1;
/** Logs that one cursor may name: as many as a connection may listen to. */
const maxLogs = 5_000;

/** A cursor: URL-safe base64 of one byte for its form, then for each log its kind, its id and two LEB128 numbers. */
export function encodeCursor(positions: Positions): string {
  const bytes: number[] = [form];
  for (const [log, { epoch, seq }] of positions) {
    const [kind = '', id = ''] = log.split(':');
    bytes.push(kinds.indexOf(kind as (typeof kinds)[number]), ...Buffer.from(id.replaceAll('-', ''), 'hex'));
    pushNumber(bytes, epoch);
    pushNumber(bytes, seq);
  }
  return Buffer.from(bytes).toString('base64url');
}

/** The positions behind a cursor, or `undefined` for a text that is not one. */
export function decodeCursor(text: string): Map<LogId, LogPosition> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes[0] !== form) return undefined;
  const positions = new Map<LogId, LogPosition>();
  const reader = { bytes, at: 1 };
  while (reader.at < bytes.length) {
    const kind = kinds[bytes[reader.at] ?? -1];
    const id = bytes.subarray(reader.at + 1, reader.at + 17).toString('hex');
    reader.at += 17;
    const epoch = readNumber(reader);
    const seq = readNumber(reader);
    if (kind === undefined || id.length !== 32 || epoch === undefined || seq === undefined) return undefined;
    if (positions.size >= maxLogs) return undefined;
    positions.set(`${kind}:${id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`, { epoch, seq });
  }
  return positions;
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

function readNumber(reader: { readonly bytes: Buffer; at: number }): number | undefined {
  let value = 0;
  for (let factor = 1; factor <= Number.MAX_SAFE_INTEGER; factor *= 0x80) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) return undefined;
    reader.at += 1;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return Number.isSafeInteger(value) ? value : undefined;
  }
  return undefined;
}
