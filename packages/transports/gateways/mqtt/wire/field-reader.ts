import { isUtf8 } from 'node:buffer';
import { PacketFault } from './packet-fault.ts';

/** Reads the fields of one packet's body and never beyond it. Every problem is a `PacketFault`. */
export class FieldReader {
  private readonly bytes: Buffer;
  private at: number;
  private readonly end: number;

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  byte(): number {
    return this.bytes[this.skip(1)] ?? 0;
  }

  uint16(): number {
    return this.bytes.readUInt16BE(this.skip(2));
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.skip(4));
  }

  /** A variable byte integer in its shortest form (MQTT 5.0, section 1.5.5). */
  variable(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (byte === 0 && shift > 0) throw new PacketFault('malformed', 'a length is not in its shortest form');
        return value;
      }
    }
    throw new PacketFault('malformed', 'a length has more than four bytes');
  }

  binary(): Buffer {
    const length = this.uint16();
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  /** A UTF-8 string without U+0000 (MQTT 5.0, section 1.5.4). */
  text(): string {
    const bytes = this.binary();
    if (!isUtf8(bytes) || bytes.includes(0)) throw new PacketFault('malformed', 'a text is not UTF-8 without U+0000');
    return bytes.toString();
  }

  /** A reader of the next `length` bytes. */
  part(length: number): FieldReader {
    const start = this.skip(length);
    return new FieldReader(this.bytes, start, start + length);
  }

  rest(): Buffer {
    return this.bytes.subarray(this.skip(this.left), this.end);
  }

  /** Nothing may follow. */
  finish(): void {
    if (this.left > 0) throw new PacketFault('malformed', 'a packet is longer than what it holds');
  }

  private skip(count: number): number {
    if (this.left < count) throw new PacketFault('malformed', 'a packet is shorter than what it holds');
    const start = this.at;
    this.at += count;
    return start;
  }
}
