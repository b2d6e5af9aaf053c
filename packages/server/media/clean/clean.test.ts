import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileBytes } from '../file-bytes.ts';
import { box, gpsNote, mp4Of } from '../testing/films.ts';
import { noted, picture, secrets } from '../testing/pictures.ts';
import { notedTiff } from '../testing/tiff.ts';
import { cleaned } from './clean.ts';
import { isWhole, writePieces } from './pieces.ts';
import { pngChunk } from './png.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-clean-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function clean(given: Buffer, type: string): Promise<Buffer> {
  const [path, copy] = [join(folder, 'given'), join(folder, 'copy')];
  await writeFile(path, given);
  const bytes = await FileBytes.open(path);
  try {
    const pieces = await cleaned(bytes, type);
    if (isWhole(pieces, given.length)) return given;
    await writePieces(path, pieces, copy);
    return await readFile(copy);
  } finally {
    await bytes.close();
  }
}

/** What a viewer shows. */
const shown = async (bytes: Buffer): Promise<Buffer> => sharp(bytes).autoOrient().raw().toBuffer();

const saysNothing = (bytes: Buffer): void => {
  for (const secret of secrets) expect(bytes.includes(secret), secret).toBe(false);
};

const formats: readonly (readonly [type: string, save: (given: Sharp) => Sharp])[] = [
  ['image/jpeg', (given) => given.jpeg()],
  ['image/jpeg', (given) => given.jpeg({ progressive: true })],
  ['image/png', (given) => given.png()],
  ['image/webp', (given) => given.webp()],
  ['image/webp', (given) => given.webp({ lossless: true })],
  ['image/avif', (given) => given.avif({ effort: 0 })],
];

describe.each(formats)('a picture (%s)', (type, save) => {
  it('says no more where and with what it was taken, and looks the same', async () => {
    const given = await save(noted(picture())).toBuffer();
    expect(given.includes(secrets[0] ?? '')).toBe(true);
    const kept = await clean(given, type);
    saysNothing(kept);
    expect(await shown(kept)).toEqual(await shown(given));
    expect((await clean(kept, type)).equals(kept)).toBe(true);
  });

  it('is left alone when it says nothing', async () => {
    const given = await save(picture()).toBuffer();
    expect(await clean(given, type)).toBe(given);
  });
});

describe.each(formats.filter(([type]) => type !== 'image/avif'))('a turned picture (%s)', (type, save) => {
  it.each([2, 3, 6, 8])('stays turned (%i)', async (orientation) => {
    const given = await save(noted(picture(), orientation)).toBuffer();
    const kept = await clean(given, type);
    saysNothing(kept);
    expect((await sharp(kept).metadata()).orientation).toBe(orientation);
    expect(await shown(kept)).toEqual(await shown(given));
  });
});

describe('a TIFF', () => {
  it('says no more where and with what it was taken, and looks the same', async () => {
    const plain = await picture().tiff({ compression: 'lzw' }).toBuffer();
    const given = notedTiff(plain);
    for (const secret of secrets) expect(given.includes(secret)).toBe(true);
    const kept = await clean(given, 'image/tiff');
    saysNothing(kept);
    expect(kept.length).toBe(given.length);
    expect(await shown(kept)).toEqual(await shown(plain));
    expect(await clean(plain, 'image/tiff')).toBe(plain);
  });
});

describe('a JPEG', () => {
  it('keeps its colours', async () => {
    const given = await noted(picture()).withIccProfile('p3').jpeg().toBuffer();
    const kept = await clean(given, 'image/jpeg');
    expect((await sharp(kept).metadata()).icc).toEqual((await sharp(given).metadata()).icc);
  });

  it('loses comments, previews of its own, and what follows its end', async () => {
    const plain = await picture().jpeg().toBuffer();
    const added = [0xfe, 0xed, 0xe2, 0xe0, 0xf0].map((code) => {
      const content = Buffer.from('Secretcam said so');
      return Buffer.concat([Buffer.from([0xff, code, 0, content.length + 2]), content]);
    });
    const given = Buffer.concat([plain.subarray(0, 2), ...added, plain.subarray(2), plain, Buffer.from('Secretcam')]);
    expect((await clean(given, 'image/jpeg')).equals(plain)).toBe(true);
  });

  it('that ends too early is kept up to there', async () => {
    const whole = await noted(picture()).jpeg().toBuffer();
    const kept = await clean(whole.subarray(0, -400), 'image/jpeg');
    saysNothing(kept);
    expect(kept.equals((await clean(whole, 'image/jpeg')).subarray(0, -400))).toBe(true);
  });
});

describe('a PNG', () => {
  it('loses its texts, its time, what nobody knows, and what follows its end', async () => {
    const plain = await picture().png().toBuffer();
    const headBytes = 33;
    const notes = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'caBX', 'eXIf'].map((name) =>
      pngChunk(name, Buffer.from('Secretcam')),
    );
    const given = Buffer.concat([
      plain.subarray(0, headBytes),
      ...notes,
      plain.subarray(headBytes),
      Buffer.from('PK\x03\x04'),
    ]);
    expect((await clean(given, 'image/png')).equals(plain)).toBe(true);
  });
});

describe('a film', () => {
  it.each(['video/mp4', 'video/quicktime'])('says no more where it was taken (%s)', async (type) => {
    const given = mp4Of('isom', ['vide', 'soun']);
    const kept = await clean(given, type);
    expect(kept.length).toBe(given.length);
    for (const note of [gpsNote, 'Secretcam', 'Title']) {
      expect(given.includes(note)).toBe(true);
      expect(kept.includes(note)).toBe(false);
    }
    const data = given.indexOf('mdat');
    expect(kept.subarray(data)).toEqual(given.subarray(data));
  });

  it('of sound alone keeps its title', async () => {
    const kept = await clean(mp4Of('M4A ', ['soun']), 'audio/x-m4a');
    expect(kept.includes(gpsNote)).toBe(false);
    expect(kept.includes('Title')).toBe(true);
  });

  it('that says nothing is left alone', async () => {
    const given = Buffer.concat([box('ftyp', 'isom\0\0\0\0'), box('moov', box('mvhd', Buffer.alloc(100)))]);
    expect(await clean(given, 'video/mp4')).toBe(given);
  });
});

describe('whatever is in a file', () => {
  const types = ['jpeg', 'png', 'webp', 'tiff', 'avif', 'heic'].map((name) => `image/${name}`);
  const begins: Readonly<Record<string, Buffer>> = {
    'image/jpeg': Buffer.from([0xff, 0xd8]),
    'image/png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    'image/webp': Buffer.from('RIFF\xff\xff\0\0WEBP', 'latin1'),
    'image/tiff': Buffer.from('II*\0\x08\0\0\0', 'latin1'),
  };

  it('it is taken apart without an end in between, and without growing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), fc.uint8Array({ maxLength: 400 }), async (type, noise) => {
        const given = Buffer.concat([begins[type] ?? Buffer.alloc(0), noise]);
        const kept = await clean(given, type);
        // A block that says how it is turned may be longer than the one that was there.
        expect(kept.length).toBeLessThanOrEqual(given.length + 40);
      }),
      { numRuns: 300 },
    );
  });

  it('a picture that ends anywhere is kept up to there', async () => {
    for (const [type, save] of formats) {
      const given = await save(noted(picture(64, 48), 6)).toBuffer();
      for (let end = 16; end < given.length; end += 97) {
        const kept = await clean(given.subarray(0, end), type);
        expect(kept.length).toBeLessThanOrEqual(end + 40);
      }
    }
  });
});
