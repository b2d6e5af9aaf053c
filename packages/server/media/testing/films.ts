/** Boxes of MP4 and QuickTime (ISO/IEC 14496-12), elements of WebM (RFC 9559): as much as says what a film is. */

export function box(name: string, ...content: readonly (Buffer | string)[]): Buffer {
  const inside = Buffer.concat(content.map((each) => Buffer.from(each as string, 'latin1')));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(inside.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, inside]);
}

const track = (kind: string): Buffer =>
  box(
    'trak',
    box('mdia', box('hdlr', Buffer.alloc(8), kind, Buffer.alloc(13))),
    box('udta', box('name', 'Secretcam lens')),
  );

export const gpsNote = '+51.5000-000.1200/';

/** @param kinds of its tracks: `vide`, `soun` */
export function mp4Of(brand: string, kinds: readonly string[]): Buffer {
  const notes = box('udta', box('\u00a9xyz', `\0\x12\x15\xc7${gpsNote}`), box('\u00a9nam', '\0\x05\0\0Title'));
  return Buffer.concat([
    box('ftyp', `${brand}\0\0\0\0isom`),
    box('moov', box('mvhd', Buffer.alloc(100)), ...kinds.map(track), notes, box('meta', 'Secretcam keys')),
    box('mdat', Buffer.alloc(1_000, 7)),
  ]);
}

function element(id: number[], content: Buffer, length?: number[]): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length + 0x1000_0000, 0);
  return Buffer.concat([Buffer.from(id), length ? Buffer.from(length) : size, content]);
}

const trackTypes = { vide: 1, soun: 2 } as const;

/** As a browser records it: it does not know how long it will be. */
export function webmOf(kinds: readonly (keyof typeof trackTypes)[], document = 'webm'): Buffer {
  const entries = kinds.map((kind) => element([0xae], element([0x83], Buffer.from([trackTypes[kind]]))));
  const unknown = [0x01, ...Array<number>(7).fill(0xff)];
  return Buffer.concat([
    element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], Buffer.from(document))),
    element([0x18, 0x53, 0x80, 0x67], Buffer.alloc(0), unknown),
    element([0x16, 0x54, 0xae, 0x6b], Buffer.concat(entries)),
    element([0x1f, 0x43, 0xb6, 0x75], Buffer.alloc(500, 3)),
  ]);
}
