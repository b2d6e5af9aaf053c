/** The beginnings of sounds, by which they are told. */

export function wav(samples = 800): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}

/** @param codec the beginning of the first packet of its stream (RFC 3533) */
export function ogg(codec: string): Buffer {
  const head = Buffer.alloc(28);
  head.write('OggS');
  head[5] = 2;
  head[26] = 1;
  head[27] = 64;
  const packet = Buffer.alloc(64);
  packet.write(codec, 'latin1');
  return Buffer.concat([head, packet]);
}

export const mp3 = (): Buffer =>
  Buffer.concat([
    Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'),
    Buffer.from([0xff, 0xfb, 0x90, 0x64]),
    Buffer.alloc(413),
  ]);
export const aac = (): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x04, 0x3f, 0xfc]), Buffer.alloc(64)]);
export const flac = (): Buffer => Buffer.concat([Buffer.from('fLaC\0\0\0\x22', 'latin1'), Buffer.alloc(64)]);
