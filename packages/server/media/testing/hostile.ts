import { deflateSync, gzipSync } from 'node:zlib';
import { pngChunk } from '../clean/png.ts';
import { tarOf, tgzOf, zipOf } from './archives.ts';
import { box, mp4Of, webmOf } from './films.ts';
import { pdfOf } from './pdf.ts';
import { bitmap, movingPicture, noted, picture } from './pictures.ts';
import { ogg, wav } from './sounds.ts';
import { notedTiff } from './tiff.ts';

export interface HostileFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export const hostileGroups = ['pictures', 'drawings', 'papers', 'archives', 'films', 'ends'] as const;
export type HostileGroup = (typeof hostileGroups)[number];

/** Noise that is the same on every run. */
function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

function pngClaiming(width: number, height: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', head),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function patchedAt(bytes: Buffer, at: number, ...put: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(put, at);
  return copy;
}

/** A GIF of frames of one pixel each. */
function gifOf(frames: number, width = 1): Buffer {
  const head = Buffer.from('GIF89a\0\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  head.writeUInt16LE(width, 6);
  const frame = Buffer.from('\x21\xf9\x04\0\x01\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0', 'latin1');
  return Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from(';')]);
}

const svg = (inside: string, attributes = 'width="100" height="100"', before = ''): Buffer =>
  Buffer.from(
    `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  );

function laughs(levels: number): string {
  const entities = Array.from({ length: levels }, (_, level) => {
    const inner = level === 0 ? 'ha' : `&l${level - 1};`.repeat(10);
    return `<!ENTITY l${level} "${inner}">`;
  });
  return `<!DOCTYPE svg [${entities.join('')}]>`;
}

function doubled(levels: number): string {
  const groups = Array.from({ length: levels }, (_, level) => {
    const use = `<use xlink:href="#g${level - 1}"/>`;
    return `<g id="g${level}">${level === 0 ? '<rect width="9" height="9"/>' : use + use}</g>`;
  });
  return groups.join('');
}

/** @param address of a server that must not be asked for anything */
function drawings(address: string): HostileFile[] {
  const files: Record<string, Buffer> = {
    script: svg(
      `<script>fetch("${address}/script")</script><rect width="50" height="50" onload="fetch('${address}/load')"/>`,
    ),
    'external entity': svg('<text>&e;</text>', undefined, '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    'entity from the network': svg(
      '<text>&e;</text>',
      undefined,
      `<!DOCTYPE svg [<!ENTITY e SYSTEM "${address}/entity">]>`,
    ),
    'linked file': svg('<image xlink:href="file:///etc/passwd" width="90" height="90"/>'),
    'linked picture': svg(`<image xlink:href="${address}/picture.png" width="90" height="90"/>`),
    'linked style': svg('<rect width="9" height="9"/>', undefined, `<?xml-stylesheet href="${address}/style.css"?>`),
    'page inside': svg(`<foreignObject width="90" height="90"><iframe src="${address}/frame"/></foreignObject>`),
    huge: svg('<rect width="9" height="9"/>', 'width="1000000" height="1000000"'),
    thin: svg('<rect width="9" height="9"/>', 'width="1000000" height="1"'),
    endless: svg('<rect width="9" height="9"/>', 'width="1e38" height="1e38"'),
    'of no size': svg('', 'width="0" height="0"'),
    'with a huge view': svg('<rect width="9" height="9"/>', 'viewBox="0 0 99999999 99999999"'),
    laughs: svg('<text>&l9;</text>', undefined, laughs(10)),
    doubled: svg(`${doubled(14)}<use xlink:href="#g13"/>`),
    deep: svg('<g>'.repeat(20_000) + '</g>'.repeat(20_000)),
    'using itself': svg('<g id="a"><use xlink:href="#a"/></g>'),
    'of a wide blur': svg(
      '<filter id="f"><feGaussianBlur stdDeviation="100000"/></filter><rect filter="url(#f)" width="90" height="90"/>',
    ),
    unclosed: Buffer.from('<svg><g><g'),
    'too large': svg(`<!--${'x'.repeat(1024 * 1024)}-->`),
  };
  return Object.entries(files).map(([name, bytes]) => ({ name: `${name}.svg`, bytes }));
}

function papers(address: string): HostileFile[] {
  const form =
    '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream';
  const using =
    '/Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 3 0 R /Resources << /XObject << /X 10 0 R >> >>';
  const files: Record<string, Buffer> = {
    javascript: pdfOf({ catalogue: `/OpenAction << /S /JavaScript /JS (app.launchURL("${address}/js")) >>` }),
    launch: pdfOf({ catalogue: '/OpenAction << /S /Launch /F (/bin/sh) >>' }),
    'opening an address': pdfOf({ catalogue: `/OpenAction << /S /URI /URI (${address}/uri) >>` }),
    'of pages that loop': pdfOf({ pages: ['/Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R'] }),
    'drawing itself': pdfOf({ pages: [using], objects: [form], drawing: '/X Do' }),
    'of a huge page': pdfOf({ pages: ['/Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 99999999] /Contents 3 0 R'] }),
    'of a thin page': pdfOf({ pages: ['/Type /Page /Parent 2 0 R /MediaBox [0 0 1 99999999] /Contents 3 0 R'] }),
    'of no size': pdfOf({ pages: ['/Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] /Contents 3 0 R'] }),
    'of many strokes': pdfOf({ drawing: '0 0 m 200 300 l S\n'.repeat(20_000) }),
    'saving without end': pdfOf({ drawing: 'q\n'.repeat(20_000) }),
    'of no pages': pdfOf({ pages: [] }),
    'saying it has many pages': Buffer.from(
      pdfOf().toString('latin1').replace('/Count 1', '/Count 2147483647'),
      'latin1',
    ),
    'of nothing': Buffer.from('%PDF-1.7\n'),
    'of noise': Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(50_000)]),
    truncated: pdfOf().subarray(0, 300),
    'of a bomb': pdfOf({
      pages: ['/Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 10 0 R'],
      objects: [flated(Buffer.alloc(70_000_000, 0x20))],
    }),
    'of a huge picture': pdfOf({ pages: [using], drawing: '200 0 0 300 0 0 cm /X Do', objects: [hugePicture()] }),
  };
  return Object.entries(files).map(([name, bytes]) => ({ name: `${name}.pdf`, bytes }));
}

const stream = (dictionary: string, content: Buffer): string =>
  `<< ${dictionary} /Length ${content.length} >>\nstream\n${content.toString('latin1')}\nendstream`;
const flated = (content: Buffer): string => stream('/Filter /FlateDecode', deflateSync(content));
const hugePicture = (): string =>
  stream(
    '/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode',
    deflateSync(Buffer.alloc(1_000_000)),
  );

function archives(): HostileFile[] {
  const bomb = gzipSync(Buffer.alloc(70_000_000));
  const zeros = { name: 'zeros', content: Buffer.alloc(70_000_000), isDeflated: true };
  const nested = zipOf([{ name: 'inner.zip', content: zipOf([zeros]) }]);
  const many = Array.from({ length: 20_000 }, (_, index) => ({ name: `${index}` }));
  const files: Record<string, Buffer> = {
    'zeros.zip': zipOf([zeros]),
    'nested.zip': nested,
    'many.zip': zipOf(many),
    'lying.zip': zipOf([{ name: 'a', size: 4_294_967_294 }]),
    'paths.zip': zipOf([
      { name: '../../etc/passwd' },
      { name: '/etc/shadow' },
      { name: 'C:\\Windows\\a' },
      { name: 'a\0b' },
    ]),
    'long name.zip': zipOf([{ name: 'x'.repeat(65_000) }]),
    'turned name.zip': zipOf([
      { name: '\u202egpj.exe' },
      { name: '\x1b[2Jclear' },
      { name: Buffer.from([0xff, 0xfe]) },
    ]),
    'beginning.zip': zipOf([{ name: 'a' }]).subarray(0, 20),
    'noise.zip': Buffer.concat([Buffer.from('PK\x03\x04'), noise(5_000)]),
    'pointing nowhere.zip': patchedAt(
      zipOf([{ name: 'a' }]),
      zipOf([{ name: 'a' }]).length - 6,
      0xff,
      0xff,
      0xff,
      0xff,
    ),
    'bomb.gz': bomb,
    'bomb.tgz': tgzOf([{ name: 'zeros', content: Buffer.alloc(70_000_000) }, { name: 'after' }]),
    'twice.tgz': gzipSync(bomb),
    'many.tar': tarOf(many),
    'links.tar': tarOf([{ name: 'a', type: '2', leadsTo: '/etc/passwd' }, { name: '../../b' }, { name: '/c' }]),
    'truncated.tar': tarOf([{ name: 'a', content: noise(5_000) }]).subarray(0, 1_500),
    'noise.gz': Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), noise(5_000)]),
  };
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
}

async function pictures(): Promise<HostileFile[]> {
  const jpeg = await noted(picture(), 6).jpeg().toBuffer();
  const size = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  const large = deflateSync(Buffer.alloc(40_000_000));
  const files: Record<string, Buffer> = {
    'claims.png': pngClaiming(60_000, 60_000, large),
    'of a gigapixel.png': pngClaiming(32_000, 32_000, large),
    'near the bound.png': pngClaiming(10_000, 9_999, large),
    'of no size.png': pngClaiming(0, 0, large),
    'of a wide line.png': pngClaiming(2_000_000_000, 1, large),
    'claims.jpg': patchedAt(jpeg, size + 5, 0xff, 0xff, 0xff, 0xff),
    'of segments.jpg': Buffer.concat([
      jpeg.subarray(0, 2),
      ...Array<Buffer>(200_000).fill(Buffer.from([0xff, 0xdb, 0, 2, 0xff, 0xfe, 0, 2])),
    ]),
    'of empty segments.jpg': Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(100_000, 0xff)]),
    'frames.gif': gifOf(100_000),
    'wide frames.gif': gifOf(5_000, 60_000),
    'claims.gif': patchedAt(await movingPicture(3), 6, 0xff, 0xff, 0xff, 0xff),
    'claims.bmp': patchedAt(bitmap(2, 2), 18, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f),
    'short.bmp': patchedAt(bitmap(2, 2), 18, 0, 0x20, 0, 0, 0, 0x20, 0, 0),
    'empty.heic': box('ftyp', 'heic\0\0\0\0'),
    'items.avif': Buffer.concat([
      box('ftyp', 'avif\0\0\0\0'),
      box('meta', Buffer.alloc(4), box('iinf', noise(900)), box('iloc', noise(900, 2))),
    ]),
    'looping.tiff': loopingTiff(),
    'many entries.tiff': Buffer.concat([Buffer.from('II*\0\x08\0\0\0\xff\xff', 'latin1'), noise(900_000)]),
  };
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
}

/** Its directory says that it is followed by itself. */
function loopingTiff(): Buffer {
  const tiff = Buffer.alloc(64);
  tiff.write('II*\0\x08\0\0\0\x01\0', 'latin1');
  tiff.set([0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0], 10);
  return tiff;
}

/** Boxes within boxes that all say that they go on to the end. */
const boxesInBoxes = (): Buffer =>
  Buffer.concat([box('ftyp', 'isom\0\0\0\0'), ...Array<Buffer>(50_000).fill(Buffer.from('\0\0\0\0moov', 'latin1'))]);

function films(): HostileFile[] {
  const files: Record<string, Buffer> = {
    'boxes.mp4': boxesInBoxes(),
    'small boxes.mp4': Buffer.concat([
      box('ftyp', 'isom\0\0\0\0'),
      Buffer.alloc(800_000, Buffer.from('\0\0\0\x08free', 'latin1')),
    ]),
    'claims.mp4': Buffer.concat([
      box('ftyp', 'isom\0\0\0\0'),
      Buffer.from('\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff', 'latin1'),
    ]),
    'noise.webm': Buffer.concat([webmOf(['soun']).subarray(0, 24), noise(50_000)]),
    'zeros.webm': Buffer.concat([webmOf(['vide']).subarray(0, 24), Buffer.alloc(50_000)]),
    'both.ogg': Buffer.concat([ogg('OpusHead'), Buffer.from('<html><script>')]),
  };
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
}

/** Whole files that end too early, in many places, and noise that begins as each of them does. */
async function broken(): Promise<HostileFile[]> {
  const whole: Record<string, Buffer> = {
    png: await noted(picture()).png().toBuffer(),
    jpg: await noted(picture(), 6).jpeg().toBuffer(),
    webp: await noted(picture(), 8).webp().toBuffer(),
    avif: await noted(picture(64, 48)).avif({ effort: 0 }).toBuffer(),
    gif: await movingPicture(3),
    tiff: notedTiff(await picture(64, 48).tiff().toBuffer()),
    pdf: pdfOf(),
    zip: zipOf([{ name: 'a', content: noise(900) }]),
    tgz: tgzOf([{ name: 'a', content: noise(900) }]),
    mp4: mp4Of('isom', ['vide']),
    wav: wav(),
  };
  return Object.entries(whole).flatMap(([ending, bytes]) => [
    ...[0.1, 0.35, 0.6, 0.95].map((part) => ({
      name: `${Math.round(part * 100)} of 100.${ending}`,
      bytes: bytes.subarray(0, Math.ceil(bytes.length * part)),
    })),
    { name: `noise.${ending}`, bytes: Buffer.concat([bytes.subarray(0, 24), noise(20_000)]) },
    { name: `disturbed.${ending}`, bytes: patchedAt(bytes, Math.floor(bytes.length / 2), ...noise(16)) },
  ]);
}

/** By what they are. @param address of a server that must not be asked for anything */
export async function hostileFiles(address: string): Promise<Record<HostileGroup, HostileFile[]>> {
  const [images, ends] = [await pictures(), await broken()];
  return {
    pictures: images,
    drawings: drawings(address),
    papers: papers(address),
    archives: archives(),
    films: films(),
    ends,
  };
}
