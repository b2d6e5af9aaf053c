import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

export interface Packed {
  readonly name: string | Buffer;
  readonly content?: Buffer;
  /** What the archive says that it is, in bytes. */
  readonly size?: number;
  readonly isDeflated?: boolean;
}

/** A ZIP archive, by APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. */
export function zipOf(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name: called, content = Buffer.alloc(0), size = content.length, isDeflated = false } of files) {
    const name = Buffer.from(called);
    const stored = isDeflated ? deflateRawSync(content) : content;
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    // The name is UTF-8.
    about.writeUInt16LE(0x0800, 2);
    about.writeUInt16LE(isDeflated ? 8 : 0, 4);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(stored.length, 14);
    about.writeUInt32LE(size, 18);
    about.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, name, stored]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), about, place, name]));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(files.length % 65_536, 8);
  end.writeUInt16LE(files.length % 65_536, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, list, end]);
}

export interface TarEntry {
  readonly name: string;
  readonly content?: Buffer;
  /** `0` a file, `2` a symbolic link, `5` a folder. */
  readonly type?: '0' | '2' | '5';
  readonly leadsTo?: string;
}

const blockBytes = 512;

/** A TAR archive, by POSIX (pax, the ustar format). */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, content = Buffer.alloc(0), type = '0', leadsTo = '' }) => {
    const header = Buffer.alloc(blockBytes);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write('0000000\x000000000\0', 108);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(leadsTo, 157, 100);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const padding = Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes);
    return [header, content, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

export const tgzOf = (entries: readonly TarEntry[]): Buffer => gzipSync(tarOf(entries));
