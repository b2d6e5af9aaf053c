import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { FileKind } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tarOf, tgzOf, zipOf } from './testing/archives.ts';
import { box, mp4Of, webmOf } from './testing/films.ts';
import { OpenMedia } from './testing/open-media.ts';
import { pdfOf } from './testing/pdf.ts';
import { bitmap, movingPicture, picture } from './testing/pictures.ts';
import { aac, flac, mp3, ogg, wav } from './testing/sounds.ts';

let open: OpenMedia;
beforeAll(async () => {
  open = await OpenMedia.open();
});
afterAll(() => open.close());

type Row = readonly [name: string, bytes: Buffer | string | Promise<Buffer>, kind: FileKind, type: string];

const office = (part: string, type: string) =>
  zipOf([
    {
      name: '[Content_Types].xml',
      content: Buffer.from(`<Types><Override PartName="/${part}" ContentType="${type}.main+xml"/></Types>`),
    },
    { name: part, content: Buffer.from('<document/>') },
  ]);
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const text = 'application/vnd.oasis.opendocument.text';
const magic = (...bytes: readonly number[]) => Buffer.concat([Buffer.from(bytes), Buffer.alloc(64)]);

const rows: readonly Row[] = [
  ['a.png', picture().png().toBuffer(), 'picture', 'image/png'],
  ['a.jpg', picture().jpeg().toBuffer(), 'picture', 'image/jpeg'],
  ['a.webp', picture().webp().toBuffer(), 'picture', 'image/webp'],
  ['a.avif', picture().avif({ effort: 0 }).toBuffer(), 'picture', 'image/avif'],
  ['a.gif', picture().gif().toBuffer(), 'picture', 'image/gif'],
  ['a.tiff', picture().tiff().toBuffer(), 'picture', 'image/tiff'],
  ['moves.gif', movingPicture(3), 'picture', 'image/gif'],
  ['a.bmp', bitmap(30, 20), 'picture', 'image/bmp'],
  ['a.heic', box('ftyp', 'heic\0\0\0\0mif1heic'), 'picture', 'image/heic'],
  ['a.mp4', mp4Of('isom', ['vide', 'soun']), 'video', 'video/mp4'],
  ['a.mov', mp4Of('qt  ', ['vide']), 'video', 'video/quicktime'],
  ['a.m4a', mp4Of('M4A ', ['soun']), 'sound', 'audio/x-m4a'],
  ['voice.mp4', mp4Of('isom', ['soun']), 'sound', 'audio/mp4'],
  ['a.webm', webmOf(['vide', 'soun']), 'video', 'video/webm'],
  ['voice.webm', webmOf(['soun']), 'sound', 'audio/webm'],
  ['a.mkv', webmOf(['vide'], 'matroska'), 'video', 'video/x-matroska'],
  ['a.ogv', ogg('\x80theora'), 'video', 'video/ogg'],
  ['a.ogg', ogg('\x01vorbis'), 'sound', 'audio/ogg'],
  ['a.opus', ogg('OpusHead'), 'sound', 'audio/ogg'],
  ['a.mp3', mp3(), 'sound', 'audio/mpeg'],
  ['a.wav', wav(), 'sound', 'audio/wav'],
  ['a.flac', flac(), 'sound', 'audio/flac'],
  ['a.aac', aac(), 'sound', 'audio/aac'],
  ['a.pdf', pdfOf(), 'pdf', 'application/pdf'],
  ['a.zip', zipOf([{ name: 'a.txt' }]), 'archive', 'application/zip'],
  ['a.jar', zipOf([{ name: 'META-INF/MANIFEST.MF' }]), 'archive', 'application/zip'],
  ['a.tar', tarOf([{ name: 'a.txt' }]), 'archive', 'application/x-tar'],
  ['a.tgz', tgzOf([{ name: 'a.txt' }]), 'archive', 'application/gzip'],
  ['a.gz', gzipSync('text'), 'archive', 'application/gzip'],
  ['a.7z', magic(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), 'archive', 'application/x-7z-compressed'],
  ['a.rar', magic(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00), 'archive', 'application/x-rar-compressed'],
  ['a.xz', magic(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), 'archive', 'application/x-xz'],
  ['a.zst', zstdCompressSync('text'), 'archive', 'application/zstd'],
  ['a.docx', office('word/document.xml', word), 'other', word],
  ['a.odt', zipOf([{ name: 'mimetype', content: Buffer.from(text) }]), 'other', text],
  ['a.txt', 'Grüße', 'text', 'text/plain'],
  ['empty.txt', '', 'text', 'text/plain'],
  ['a.md', '# Title', 'text', 'text/markdown'],
  ['a.json', '{}', 'text', 'application/json'],
  ['a.ts', 'export {};', 'text', 'text/x-typescript'],
  ['a.xml', '<?xml version="1.0"?><feed/>', 'text', 'text/xml'],
  ['long.log', 'ü'.repeat(100_001), 'text', 'text/plain'],
  ['a.svg', '<!-- hi --><svg xmlns="http://www.w3.org/2000/svg"/>', 'text', 'image/svg+xml'],
  ['b.svg', '\uFEFF<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg/>', 'text', 'image/svg+xml'],
  ['a.html', '<!DOCTYPE html><p>hi', 'text', 'text/html'],
  ['page.txt', '  <HTML><script>alert(1)</script>', 'text', 'text/html'],
  ['picture.png', '<script>alert(1)</script>', 'text', 'text/html'],
  ['latin.txt', Buffer.from([0x47, 0x72, 0xfc, 0x74, 0x65]), 'other', 'application/octet-stream'],
  ['zero.txt', Buffer.from('a\0b'), 'other', 'application/octet-stream'],
  ['late.txt', Buffer.concat([Buffer.alloc(200_000, 97), Buffer.from([0])]), 'other', 'application/octet-stream'],
  ['a.exe', magic(0x4d, 0x5a), 'other', 'application/x-msdownload'],
];

describe('what a file is', () => {
  it.each(rows)('%s is told from its bytes', async (name, content, kind, type) => {
    const bytes = Buffer.from((await content) as Buffer);
    const path = await open.put(name, bytes);
    const told = await open.media.inspect(path, name);
    expect({ kind: told.kind, type: told.type }).toEqual({ kind, type });
    expect(told.given).toBe(createHash('sha256').update(bytes).digest('base64url'));
  });

  it('is told from its beginning, whatever follows', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const gif = await picture().gif().toBuffer();
    const ends = ['<html><script>alert(1)</script>', '<?php system($_GET["c"]);', zipOf([{ name: 'a.class' }])];
    for (const end of ends) {
      const { type, kept } = await open.take('a.html', Buffer.concat([jpeg, Buffer.from(end)]));
      expect(type).toBe('image/jpeg');
      expect(kept.equals(jpeg)).toBe(true);
      expect(await open.take('a.js', Buffer.concat([gif, Buffer.from(end)]))).toMatchObject({ type: 'image/gif' });
    }
    expect(await open.take('a.js', 'GIF89a=1;/*')).toMatchObject({ type: 'image/gif', looked: null });
  });

  it('says how large a picture is as it is to be seen, and whether it moves', async () => {
    const turned = await picture(320, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect((await open.take('a.jpg', turned)).details).toEqual({ width: 200, height: 320 });
    expect((await open.take('a.bmp', bitmap(30, 20))).details).toEqual({ width: 30, height: 20 });
    expect((await open.take('a.gif', await movingPicture(4))).details).toEqual({
      width: 64,
      height: 48,
      animated: true,
    });
  });
});
