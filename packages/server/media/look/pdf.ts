import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument, type PDFPageProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { lookLimits } from '../limits.ts';
import type { LookedInto } from '../media.ts';
import { blurOf, previewsOf, type Raster } from './raster.ts';

type Canvas = Parameters<PDFPageProxy['render']>[0]['canvas'];

const widths = [480, 960];
const drawnWidth = 960;

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const inside = (name: string): string => join(folder, name) + sep;

async function drawn(page: PDFPageProxy): Promise<Raster> {
  const own = page.getViewport({ scale: 1 });
  const scale = Math.min(drawnWidth / own.width, lookLimits.previewHeight / own.height);
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.round(viewport.width));
  const height = Math.max(1, Math.round(viewport.height));
  const canvas = createCanvas(width, height);
  // Both canvases are drawn on in the same way, and know different things beside.
  await page.render({ canvas: canvas as unknown as Canvas, viewport, background: 'white' }).promise;
  return { data: Buffer.from(canvas.data()), width, height, channels: 4 };
}

/** The first page as a picture, and how many there are. Nothing in it runs or loads. */
export async function lookIntoPdf(path: string): Promise<LookedInto> {
  if ((await stat(path)).size > lookLimits.pdfBytes) throw new Error('Too large to be read.');
  const loading = getDocument({
    data: new Uint8Array(await readFile(path)),
    verbosity: VerbosityLevel.ERRORS,
    standardFontDataUrl: inside('standard_fonts'),
    cMapUrl: inside('cmaps'),
    wasmUrl: inside('wasm'),
    iccUrl: inside('iccs'),
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: lookLimits.pixels,
    stopAtErrors: false,
  });
  try {
    const document = await loading.promise;
    const details = { pages: document.numPages };
    const raster = await drawn(await document.getPage(1)).catch(() => undefined);
    if (!raster) return { details, previews: [] };
    const blur = await blurOf(raster);
    return { details: { ...details, blur }, previews: await previewsOf(raster, widths) };
  } finally {
    await loading.destroy();
  }
}
