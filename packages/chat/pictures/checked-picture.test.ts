import { limits, type StillType } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { describe, expect, it } from 'vitest';
import { onePixel } from '../testing/one-pixel.ts';
import {
  extended,
  jpegSegment,
  pngChunk,
  webpChunk,
  writeJpeg,
  writePng,
  writeWebp,
} from '../testing/written-pictures.ts';
import { checkedPicture } from './checked-picture.ts';

const secret = 'N 52.5163 E 13.3777';
const said = Buffer.from(secret, 'latin1');
const check = (bytes: Buffer) => checkedPicture(bytes.toString('base64'));

function problemWith(bytes: Buffer): unknown {
  try {
    check(bytes);
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.details.problem : error;
  }
}

const kinds: readonly { type: StillType; plain: (size: { width: number; height: number }) => Buffer; laden: Buffer }[] =
  [
    {
      type: 'image/png',
      plain: writePng,
      laden: writePng({
        between: [
          ...[pngChunk('tEXt', said), pngChunk('zTXt', said), pngChunk('iTXt', said), pngChunk('eXIf', said)],
          ...[
            pngChunk('tIME', said),
            pngChunk('acTL', Buffer.alloc(8)),
            pngChunk('fcTL', said),
            pngChunk('geHe', said),
          ],
        ],
        after: said,
      }),
    },
    {
      type: 'image/jpeg',
      plain: writeJpeg,
      laden: writeJpeg({
        between: [
          jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), said])),
          jpegSegment(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1'), said])),
          jpegSegment(0xe2, Buffer.concat([Buffer.from('MPF\0', 'latin1'), said])),
          jpegSegment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), said])),
          jpegSegment(0xfe, said),
        ],
        after: said,
      }),
    },
    {
      type: 'image/webp',
      plain: writeWebp,
      laden: writeWebp({
        before: [extended(0x10 | 0x08 | 0x04)],
        after: [webpChunk('EXIF', said), webpChunk('XMP ', said), webpChunk('ODD ', said)],
      }),
    },
  ];

describe.each(kinds)('a picture that is $type', ({ type, plain, laden }) => {
  it('[E8] is found out by its bytes, with its size, and kept as it came where it says nothing else', () => {
    expect(check(plain({ width: 3, height: 5 }))).toMatchObject({ type, width: 3, height: 5 });
    const bare = check(plain({ width: 1, height: 1 })).bytes;
    expect(check(bare).bytes).toEqual(bare);
  });

  it('[E8] leaves out what a camera or a program wrote along', () => {
    expect(laden.includes(secret)).toBe(true);
    const { bytes } = check(laden);
    expect(bytes.includes(secret)).toBe(false);
    expect(check(bytes).bytes).toEqual(bytes);
    expect(check(plain({ width: 1, height: 1 })).bytes.length).toBeLessThanOrEqual(bytes.length);
  });

  it('[E8] has at most so many pixels a side, and at least one', () => {
    const most = limits.picturePixels;
    expect(problemWith(plain({ width: most, height: 1 }))).toBeUndefined();
    expect(problemWith(plain({ width: most + 1, height: 1 }))).toContain('pixels');
    expect(problemWith(plain({ width: 1, height: most + 1 }))).toContain('pixels');
    if (type !== 'image/webp') expect(problemWith(plain({ width: 0, height: 1 }))).toContain('pixels');
  });

  it('is refused wherever it breaks off', () => {
    const whole = plain({ width: 2, height: 2 });
    for (let length = 0; length < whole.length; length += 1) {
      expect(problemWith(whole.subarray(0, length)), `after ${length} bytes`).toBeDefined();
    }
  });
});

it('[E8] what is no picture of these kinds is refused, whatever it says it is', () => {
  const others = [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a\x01\0\x01\0\0\0\0;',
    '%PDF-1.7',
    'BM',
    '\xff\xd8 no',
  ];
  for (const text of others) expect(problemWith(Buffer.from(text, 'latin1'))).toContain('not a PNG');
});

it('[E8] a file that is too large is refused before it is looked at', () => {
  const padded = (length: number) => writePng({ between: [pngChunk('tEXt', Buffer.alloc(length))] });
  const most = limits.pictureBytes - padded(0).length;
  expect(check(padded(most)).bytes.length).toBeLessThan(100);
  expect(problemWith(padded(most + 1))).toContain('too large');
});

it('the colours of a picture stay what they were meant to be', () => {
  const profile = Buffer.from('ICC_PROFILE\0\x01\x01colours', 'latin1');
  expect(check(writePng({ between: [pngChunk('iCCP', profile)] })).bytes.includes('colours')).toBe(true);
  expect(check(writeJpeg({ between: [jpegSegment(0xe2, profile)] })).bytes.includes('colours')).toBe(true);
  const adobe = jpegSegment(0xee, Buffer.from('Adobe\0d\0\0\0\0\x01', 'latin1'));
  expect(check(writeJpeg({ between: [adobe] })).bytes.includes(adobe)).toBe(true);
  const webp = check(writeWebp({ before: [extended(0x2c), webpChunk('ICCP', profile)] })).bytes;
  expect(webp.includes('colours')).toBe(true);
  expect(webp[webp.indexOf('VP8X') + 8]).toBe(0x20);
});

it('the small copy in a JPEG goes, its proportions stay', () => {
  const { bytes } = check(writeJpeg());
  const at = bytes.indexOf('JFIF');
  expect(bytes.subarray(at - 4, at + 14).toString('hex')).toBe('ffe000104a46494600010200000100010000');
});

it('a PNG that moves stands still; a WebP that does is refused, as it has no picture of its own', () => {
  const moving = writePng({ between: [pngChunk('acTL', Buffer.alloc(8)), pngChunk('fdAT', said)] });
  expect(check(moving).bytes).toEqual(check(writePng()).bytes);
  expect(problemWith(writeWebp({ before: [extended(0x02)] }))).toContain('moves');
});

it('what a browser would draw is what was drawn before', () => {
  expect(checkedPicture(onePixel).bytes.toString('base64')).toBe(onePixel);
});
