import sharp, { type Sharp } from 'sharp';

/** What a camera notes: none of it may be left. */
export const secrets = ['Secretcam', 'Secret Street', 'SecretSoft'];

const exif = {
  IFD0: { Make: 'Secretcam', Software: 'SecretSoft', ImageDescription: 'Secret Street' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 0/1' },
};

/** Red to blue from left to right, so that it tells when it was turned. */
export function picture(width = 320, height = 200): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const across = (at % width) / width;
    pixels.set([255 * (1 - across), 40, 255 * across], at * 3);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export const noted = (given: Sharp, orientation = 1): Sharp => given.withExif(exif).withMetadata({ orientation });

/** One that moves. */
export async function movingPicture(frames: number, width = 64, height = 48): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at * 7 + Math.floor(at / (width * height * 3)) * 40) % 256;
  return await sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif({ delay: Array<number>(frames).fill(100) })
    .toBuffer();
}

/** A bitmap of 24 bits for each pixel, from the bottom to the top. */
export function bitmap(width: number, height: number): Buffer {
  const line = Math.ceil((width * 3) / 4) * 4;
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + line * height, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, Buffer.alloc(line * height, 99)]);
}
