import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

export interface ZipEntry {
  readonly name: string;
  readonly content: string;
}

const localHeader = Buffer.from('PK\x03\x04', 'latin1');
const directoryHeader = Buffer.from('PK\x01\x02', 'latin1');
const directoryEnd = Buffer.from('PK\x05\x06', 'latin1');
/** Version 2.0; names are in UTF-8; deflated. (APPNOTE 4.4) */
const version = 20;
const utf8Names = 0x0800;
const deflated = 8;
/** The 1st of January 1980: a file of the same content is the same file. */
const noDate = 0x0021;

function headerOf(name: Buffer, raw: Buffer, packed: Buffer): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(version, 0);
  header.writeUInt16LE(utf8Names, 2);
  header.writeUInt16LE(deflated, 4);
  header.writeUInt16LE(noDate, 8);
  header.writeUInt32LE(crc32(raw), 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(raw.length, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

function endOf(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries, 4);
  end.writeUInt16LE(entries, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([directoryEnd, end]);
}

/** A zip while it is made: no more than one of its files is held. */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name: fileName, content } of entries) {
    const name = Buffer.from(fileName);
    const raw = Buffer.from(content);
    const packed = await deflate(raw);
    const header = headerOf(name, raw, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([directoryHeader, Buffer.from([version, 0]), header, place, name]));
    const file = Buffer.concat([localHeader, header, name, packed]);
    offset += file.length;
    yield file;
  }
  const places = Buffer.concat(directory);
  yield places;
  yield endOf(directory.length, places.length, offset);
}
