import { NotInForm } from './message.ts';

/** A length takes up to five bytes of seven bits each, lowest first; the eighth bit says that more follow. */
const maxPrefixBytes = 5;

/** The bodies of one transport message of the MessagePack encoding. @throws `NotInForm` */
export function splitPrefixed(bytes: Uint8Array, maxBytes: number): Uint8Array[] {
  const bodies: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { length, start } = readLength(bytes, at);
    if (length > maxBytes) throw new NotInForm('The message is too large.', { tooLarge: true });
    if (length > bytes.length - start) throw new NotInForm('The message is incomplete.');
    bodies.push(bytes.subarray(start, start + length));
    at = start + length;
  }
  return bodies;
}

function readLength(bytes: Uint8Array, at: number): { length: number; start: number } {
  let length = 0;
  for (let index = 0; index < maxPrefixBytes; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) throw new NotInForm('The message is incomplete.');
    // Not shifted: bit 31 of a signed number would make a length negative.
    length += (byte & 0x7f) * 2 ** (index * 7);
    if (byte < 0x80) return { length, start: at + index + 1 };
  }
  throw new NotInForm('The length of the message is not in form.');
}

export function prefixed(...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const prefix: number[] = [];
  for (let rest = length; ; rest = Math.floor(rest / 0x80)) {
    if (rest < 0x80) {
      prefix.push(rest);
      break;
    }
    prefix.push((rest % 0x80) | 0x80);
  }
  return Buffer.concat([Uint8Array.from(prefix), ...parts]);
}
