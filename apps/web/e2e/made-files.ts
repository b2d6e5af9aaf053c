import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** A picture of rings in a colour, so that one sees which it is and whether its proportions are kept. */
export function picture(width: number, height: number, hue: number, format: 'png' | 'jpeg' = 'jpeg'): Promise<Buffer> {
  const radius = Math.min(width, height) / 2;
  const rings = [0.9, 0.6, 0.3].map(
    (size) =>
      `<circle cx="${width / 2}" cy="${height / 2}" r="${radius * size}" fill="hsl(${hue} 60% ${90 - size * 60}%)"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${hue} 45% 62%)"/>${rings.join('')}</svg>`;
  return sharp(Buffer.from(svg)).toFormat(format).toBuffer();
}

/** Red, green and blue, a fifth of a second each. */
export async function movingPicture(width: number, height: number): Promise<Buffer> {
  const frames = ['#c33', '#3a3', '#36c'].map((background) => ({
    create: { width, height, channels: 3 as const, background },
  }));
  const pages = await Promise.all(frames.map((frame) => sharp(frame).raw().toBuffer()));
  return sharp(Buffer.concat(pages), { raw: { width, height: height * 3, channels: 3, pageHeight: height } })
    .gif({ delay: [200, 200, 200], loop: 0 })
    .toBuffer();
}

/** A tone that swells and ebbs, as WAV. */
export function tone(seconds: number): Buffer {
  const rate = 8_000;
  const samples = rate * seconds;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  const loud = (at: number) => Math.sin((at / rate) * Math.PI) ** 2;
  const sound = Buffer.from(
    Array.from({ length: samples }, (_, at) => 128 + Math.round(60 * loud(at) * Math.sin(at * 0.35))),
  );
  return Buffer.concat([head, sound]);
}

export const waveform = Array.from({ length: 60 }, (_, at) =>
  Math.round(50 + 45 * Math.sin(at / 3) * Math.cos(at / 7)),
);

/** A PDF whose pages say their number. */
export function pdf(pages: number): Buffer {
  const bodies = ['<< /Type /Catalog /Pages 2 0 R >>'];
  const kids = Array.from({ length: pages }, (_, index) => `${index * 2 + 4} 0 R`).join(' ');
  bodies.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
  bodies.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (let number = 1; number <= pages; number += 1) {
    const drawn = `0.2 0.5 0.6 rg 60 620 475 120 re f 0 g BT /F1 48 Tf 72 540 Td (Page ${number} of the plan) Tj ET`;
    const self = number * 2 + 2;
    bodies.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${self + 1} 0 R >>`,
      `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    );
  }
  let text = '%PDF-1.4\n';
  const places = bodies.map((body, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${at}`.padStart(10, '0');
  });
  const table = places.map((at) => `${at} 00000 n \n`).join('');
  text += `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** An archive (ZIP) of empty files. */
export function zip(names: readonly string[]): Buffer {
  const pieces: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const name of names.map((each) => Buffer.from(each))) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x08_00, 6);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02_01_4b_50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(0x08_00, 8);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    pieces.push(local, name);
    listed.push(central, name);
    at += local.length + name.length;
  }
  const directory = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, directory, end]);
}

/** A short film (WebM), recorded by the browser itself. */
export async function film(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const pen = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: 'video/webm' });
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const ended = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    for (let frame = 0; frame < 20; frame += 1) {
      if (pen) {
        pen.fillStyle = `hsl(${frame * 18} 60% 50%)`;
        pen.fillRect(0, 0, 320, 180);
      }
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    recorder.stop();
    await ended;
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
  });
  return Buffer.from(bytes);
}
