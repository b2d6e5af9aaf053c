/**
 * The client's half of RFC 6455, section 5, cut down to what a load generator needs: it costs a fraction of a full
 * client, so that on a small machine the server is what is measured.
 */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/**
 * One masked frame. The mask is zero, which the RFC lets a server accept and which saves touching every byte: this
 * client never speaks through a proxy that masking protects.
 */
export function clientFrame(opcode: number, payload: Buffer, fin = true): Buffer {
  const length = payload.length;
  const extended = length < 126 ? 0 : length < 0x1_0000 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extended + 4 + length);
  frame[0] = (fin ? 0x80 : 0) | opcode;
  frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) frame.writeUInt16BE(length, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.writeUInt32BE(0, 2 + extended);
  payload.copy(frame, 6 + extended);
  return frame;
}

export const textFrame = (text: string): Buffer => clientFrame(opcodes.text, Buffer.from(text));

/** What arrives. Payloads are views of the received chunk: copy what is kept. */
export interface FrameSink {
  text(payload: Buffer): void;
  ping(payload: Buffer): void;
  pong(): void;
  /** 1005 when the frame carried no code (section 7.1.5). */
  closed(code: number, reason: string): void;
}

/** Cuts received bytes into frames. Throws when the server breaks the framing. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #held = 0;
  #needed = 2;
  #fragments: Buffer[] = [];

  push(chunk: Buffer, sink: FrameSink): void {
    this.#held += chunk.length;
    let bytes = chunk;
    if (this.#chunks.length > 0) {
      this.#chunks.push(chunk);
      if (this.#held < this.#needed) return;
      bytes = Buffer.concat(this.#chunks, this.#held);
      this.#chunks = [];
    }
    let offset = 0;
    for (;;) {
      const size = frameSize(bytes, offset);
      if (offset + size.total > bytes.length) {
        this.#needed = size.total;
        break;
      }
      this.#deliver(bytes[offset] as number, bytes.subarray(offset + size.header, offset + size.total), sink);
      offset += size.total;
    }
    this.#held = bytes.length - offset;
    if (this.#held > 0) this.#chunks.push(bytes.subarray(offset));
  }

  #deliver(first: number, payload: Buffer, sink: FrameSink): void {
    if ((first & 0x70) !== 0) throw new Error('The server set a reserved bit that nobody agreed on.');
    const opcode = first & 0x0f;
    if (opcode === opcodes.ping) sink.ping(payload);
    else if (opcode === opcodes.pong) sink.pong();
    else if (opcode === opcodes.close) {
      sink.closed(payload.length >= 2 ? payload.readUInt16BE(0) : 1005, payload.toString('utf8', 2));
    } else if (opcode === opcodes.text || opcode === opcodes.continuation) {
      this.#gather((first & 0x80) !== 0, payload, sink);
    } else throw new Error(`The server sent a frame of kind ${opcode}, which the protocol does not use.`);
  }

  #gather(fin: boolean, payload: Buffer, sink: FrameSink): void {
    if (fin && this.#fragments.length === 0) {
      sink.text(payload);
      return;
    }
    this.#fragments.push(payload);
    if (!fin) return;
    const whole = Buffer.concat(this.#fragments);
    this.#fragments = [];
    sink.text(whole);
  }
}

/** `total` is the least that is known to be needed while the header itself is incomplete. */
function frameSize(bytes: Buffer, offset: number): { header: number; total: number } {
  if (bytes.length - offset < 2) return { header: 2, total: 2 };
  const length = (bytes[offset + 1] as number) & 0x7f;
  if (length < 126) return { header: 2, total: 2 + length };
  const header = length === 126 ? 4 : 10;
  if (bytes.length - offset < header) return { header, total: header };
  const long = length === 126 ? bytes.readUInt16BE(offset + 2) : Number(bytes.readBigUInt64BE(offset + 2));
  return { header, total: header + long };
}
