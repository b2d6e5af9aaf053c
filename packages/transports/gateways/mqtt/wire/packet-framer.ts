import { PacketFault } from './packet-fault.ts';

export interface FramedPacket {
  /** The whole packet. */
  readonly bytes: Buffer;
  /** Where what follows its length begins. */
  readonly bodyAt: number;
}

/** Pieces kept before they are joined: whoever sends byte by byte must not make us keep thousands of buffers. */
const maxPieces = 512;

/** Cuts a stream of bytes into packets, and refuses a packet that is too large before its body arrives. */
export class PacketFramer {
  maxBytes: number;
  private pieces: Buffer[] = [];
  private size = 0;
  /** Fewer bytes than this cannot be a packet. */
  private needed = 2;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  push(piece: Buffer): void {
    this.pieces.push(piece);
    this.size += piece.length;
    if (this.pieces.length > maxPieces) this.pieces = [Buffer.concat(this.pieces)];
  }

  /** What the next packet begins with, once anything of it has arrived. */
  get firstByte(): number | undefined {
    return this.pieces.find(({ length }) => length > 0)?.[0];
  }

  /**
   * The next packet, `undefined` when it has not arrived as a whole.
   * @throws PacketFault when its length is malformed or over the bound
   */
  next(): FramedPacket | undefined {
    if (this.size < this.needed) return undefined;
    const bytes = this.pieces.length === 1 ? (this.pieces[0] as Buffer) : Buffer.concat(this.pieces);
    this.pieces = [bytes];
    const header = this.readHeader(bytes);
    if (header === undefined) {
      this.needed = this.size + 1;
      return undefined;
    }
    const end = header.bodyAt + header.length;
    if (end > this.maxBytes) throw new PacketFault('packet-too-large', `a packet has more than ${this.maxBytes} bytes`);
    if (this.size < end) {
      this.needed = end;
      return undefined;
    }
    this.needed = 2;
    this.size -= end;
    this.pieces = this.size > 0 ? [bytes.subarray(end)] : [];
    return { bytes: bytes.subarray(0, end), bodyAt: header.bodyAt };
  }

  private readHeader(bytes: Buffer): { length: number; bodyAt: number } | undefined {
    let length = 0;
    for (let index = 1; index <= 4; index += 1) {
      const byte = bytes[index];
      if (byte === undefined) return undefined;
      length += (byte & 0x7f) * 0x80 ** (index - 1);
      if (byte < 0x80) {
        if (byte === 0 && index > 1) throw new PacketFault('malformed', 'a length is not in its shortest form');
        return { length, bodyAt: index + 1 };
      }
    }
    throw new PacketFault('malformed', 'a length has more than four bytes');
  }
}
