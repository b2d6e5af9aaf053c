/** Making server frames (RFC 6455, section 5.2): FIN set, not masked. */

export const opcodes = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;

const fin = 0x80;
/** Marks a compressed message (RFC 7692, section 6). */
export const rsv1 = 0x40;

function headerBytes(payloadBytes: number): number {
  if (payloadBytes < 126) return 2;
  return payloadBytes < 0x1_0000 ? 4 : 10;
}

/** Room for a frame with its header filled in; the payload goes in after `start`. */
export function beginFrame(opcodeAndFlags: number, payloadBytes: number): { bytes: Buffer; start: number } {
  const start = headerBytes(payloadBytes);
  const bytes = Buffer.allocUnsafe(start + payloadBytes);
  bytes[0] = fin | opcodeAndFlags;
  if (start === 2) {
    bytes[1] = payloadBytes;
  } else if (start === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(payloadBytes, 2);
  } else {
    bytes[1] = 127;
    bytes.writeUInt32BE(Math.floor(payloadBytes / 0x1_0000_0000), 2);
    bytes.writeUInt32BE(payloadBytes >>> 0, 6);
  }
  return { bytes, start };
}

export function textFrame(text: string): Buffer {
  const { bytes, start } = beginFrame(opcodes.text, Buffer.byteLength(text));
  bytes.write(text, start, 'utf8');
  return bytes;
}

export function dataFrame(opcodeAndFlags: number, payload: Uint8Array): Buffer {
  const { bytes, start } = beginFrame(opcodeAndFlags, payload.byteLength);
  bytes.set(payload, start);
  return bytes;
}
