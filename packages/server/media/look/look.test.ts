import { gzipSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { thumbHashToRGBA } from 'thumbhash';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tarOf, tgzOf, zipOf } from '../testing/archives.ts';
import { OpenMedia } from '../testing/open-media.ts';
import { pdfOf } from '../testing/pdf.ts';
import { bitmap, movingPicture, picture } from '../testing/pictures.ts';

let open: OpenMedia;
beforeAll(async () => {
  open = await OpenMedia.open();
});
afterAll(() => open.close());

type Previews = NonNullable<Awaited<ReturnType<OpenMedia['take']>>['looked']>['previews'];

const widths = (previews: Previews | undefined, type = 'image/webp'): number[] =>
  (previews ?? []).filter((preview) => preview.type === type).map(({ width }) => width);

const decoded = (previews: Previews | undefined, index: number) => {
  const bytes = previews?.[index]?.bytes ?? new Uint8Array();
  return sharp(bytes, { animated: true });
};

/** Red, green and blue of one of its pixels. */
async function pixel(image: Sharp, left: number, top: number): Promise<number[]> {
  const one = await image.extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return [...one];
}

describe('a picture', () => {
  it('gets previews that are no larger than it is, and smaller ones', async () => {
    const at = async (width: number, height = 20) =>
      widths((await open.take('a.png', await picture(width, height).png().toBuffer())).looked?.previews);
    expect(await at(2_400)).toEqual([180, 480, 960, 1_920]);
    expect(await at(960)).toEqual([180, 480, 960]);
    expect(await at(500)).toEqual([180, 500]);
    expect(await at(24)).toEqual([24]);
    expect(await at(1)).toEqual([1]);
  });

  it('has its previews in the sizes that they say', async () => {
    const { looked } = await open.take('a.jpg', await picture(1_000, 600).jpeg().toBuffer());
    for (const { width, type, bytes } of looked?.previews ?? []) {
      const said = await sharp(bytes).metadata();
      expect([said.width, said.format === 'heif' ? 'image/avif' : `image/${said.format}`]).toEqual([width, type]);
    }
  });

  it('is in AVIF too where that is smaller', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
    const create = { width: 480, height: 300, channels: 3, background: 'red', noise } as const;
    const { looked } = await open.take('a.png', await sharp({ create }).png().toBuffer());
    expect(widths(looked?.previews, 'image/avif')).toEqual([480]);
    const sizes = looked?.previews.filter(({ width }) => width === 480).map(({ bytes }) => bytes.length) ?? [];
    expect(sizes).toHaveLength(2);
    expect(sizes[1]).toBeLessThan(sizes[0] ?? 0);
  });

  it('is turned in its previews as its camera was held', async () => {
    const given = await picture(320, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { looked } = await open.take('a.jpg', given);
    const preview = decoded(looked?.previews, 0);
    const { width, height } = await preview.metadata();
    expect([width, height]).toEqual([200, 320]);
    // Red was at its left, and is at its top now.
    expect((await pixel(preview.clone(), 100, 5))[0]).toBeGreaterThan(200);
    expect((await pixel(preview.clone(), 100, 314))[2]).toBeGreaterThan(200);
  });

  it('is blurred in a few bytes', async () => {
    const { looked } = await open.take('a.png', await picture().png().toBuffer());
    const { w, h, rgba } = thumbHashToRGBA(Buffer.from(looked?.details.blur ?? '', 'base64'));
    expect(w).toBeGreaterThan(h);
    expect(rgba[0]).toBeGreaterThan(180);
    expect(rgba[(w - 1) * 4 + 2]).toBeGreaterThan(180);
  });

  it('of every kind that can be read is shown', async () => {
    const given = [
      ['a.webp', await picture().webp().toBuffer()],
      ['a.avif', await picture().avif({ effort: 0 }).toBuffer()],
      ['a.gif', await picture().gif().toBuffer()],
      ['a.tiff', await picture().tiff().toBuffer()],
      ['a.bmp', bitmap(320, 200)],
      ['grey.png', await picture().greyscale().png().toBuffer()],
      ['deep.png', await picture().toColourspace('rgb16').png().toBuffer()],
      ['cmyk.jpg', await picture().toColourspace('cmyk').jpeg().toBuffer()],
    ] as const;
    for (const [name, bytes] of given) {
      expect(widths((await open.take(name, bytes)).looked?.previews), name).toEqual([180, 320]);
    }
  });

  it('that is very tall is shown as a whole', async () => {
    const { looked } = await open.take('a.png', await picture(200, 9_000).png().toBuffer());
    const { height = 0 } = await decoded(looked?.previews, 0).metadata();
    expect(height).toBe(4_096);
  });
});

describe('a picture that moves', () => {
  it('moves in its previews', async () => {
    const { looked, details } = await open.take('a.gif', await movingPicture(5, 300, 200));
    expect(details.animated).toBe(true);
    expect(widths(looked?.previews)).toEqual([180, 300]);
    const { pages, delay, pageHeight } = await decoded(looked?.previews, 0).metadata();
    expect({ pages, delay, pageHeight }).toEqual({ pages: 5, delay: Array(5).fill(100), pageHeight: 120 });
  });

  it('stands still in its previews, and says so, when there is too much of it', async () => {
    const { looked, details } = await open.take('a.gif', await movingPicture(501, 8, 4));
    expect(details).toEqual({ width: 8, height: 4 });
    expect(widths(looked?.previews)).toEqual([8]);
    expect((await decoded(looked?.previews, 0).metadata()).pages ?? 1).toBe(1);
  });
});

describe('a drawing', () => {
  it('is shown as a picture, as large as previews are', async () => {
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="12"><rect width="24" height="12" fill="#00f"/></svg>';
    const { looked, kind } = await open.take('a.svg', drawing);
    expect(kind).toBe('text');
    expect(widths(looked?.previews)).toEqual([180, 480, 960]);
    expect(await pixel(decoded(looked?.previews, 0), 90, 40)).toEqual([0, 0, 255]);
  });
});

describe('a PDF', () => {
  it('shows its first page, and says how many it has', async () => {
    const { looked } = await open.take('a.pdf', pdfOf({ pages: ['', '', ''] }));
    expect(looked?.details.pages).toBe(3);
    expect(widths(looked?.previews)).toEqual([480, 960]);
    const page = decoded(looked?.previews, 0);
    expect((await page.metadata()).height).toBe(720);
    const [red = 0, green = 0] = await pixel(page.clone(), 240, 360);
    expect(red).toBeGreaterThan(240);
    expect(green).toBeLessThan(20);
    const corner = await pixel(page.clone(), 5, 5);
    for (const colour of corner) expect(colour).toBeGreaterThan(240);
  });

  it('writes in letters that it does not bring along', async () => {
    const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
    const page =
      '/Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 3 0 R /Resources << /Font << /F 10 0 R >> >>';
    const drawing = 'BT /F 120 Tf 20 100 Td (M) Tj ET';
    const { looked } = await open.take('a.pdf', pdfOf({ pages: [page], objects: [font], drawing }));
    const { dominant } = await decoded(looked?.previews, 0).stats();
    expect(dominant).toEqual({ r: 248, g: 248, b: 248 });
    const { channels } = await decoded(looked?.previews, 0).stats();
    expect(channels[0]?.min).toBeLessThan(20);
  });
});

describe('an archive', () => {
  const files = [{ name: 'folder/' }, { name: 'folder/Grüße.txt', content: Buffer.from('hello') }];
  const listed = [
    { name: 'folder/', size: null },
    { name: 'folder/Grüße.txt', size: 5 },
  ];
  const inTar = [{ name: 'folder/', type: '5' as const }, ...files.slice(1)];

  it('says what is in it', async () => {
    const archives = [
      ['a.zip', zipOf(files)] as const,
      ['a.tar', tarOf(inTar)] as const,
      ['a.tgz', tgzOf(inTar)] as const,
    ];
    for (const [name, bytes] of archives) {
      const { looked } = await open.take(name, bytes);
      expect(looked, name).toEqual({ details: {}, previews: [], entries: { entries: listed, more: false } });
    }
  });

  it('of more than can be listed says that there are others', async () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ name: `${index}` }));
    for (const make of [zipOf, tarOf, tgzOf]) {
      const exactly = await open.take('a', make(many.slice(1)));
      expect([exactly.looked?.entries?.entries.length, exactly.looked?.entries?.more]).toEqual([500, false]);
      const more = await open.take('a', make(many));
      expect([more.looked?.entries?.entries.length, more.looked?.entries?.more]).toEqual([500, true]);
    }
  });

  it('of gzip that holds one file has nothing to list', async () => {
    expect((await open.take('a.gz', gzipSync('text'))).looked).toEqual({ details: {}, previews: [] });
  });

  it('that ends in the middle is listed up to there', async () => {
    const { looked } = await open.take('a.tgz', tgzOf(inTar).subarray(0, -20));
    expect(looked?.entries?.more).toBe(true);
  });
});
