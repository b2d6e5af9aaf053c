import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

interface TrustedScriptUrls {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

export type { PDFDocumentProxy as PdfDocument, PDFPageProxy as PdfPage };

/** The page takes no script that it was not told to trust: this one comes with the app. */
function trusted(address: string): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedScriptUrls };
  return (
    trustedTypes?.createPolicy('confab-pdf', { createScriptURL: () => address }).createScriptURL(address) ?? address
  );
}

/** Opens a PDF; its pages are fetched as they are asked for. @throws what it is no PDF for, or needs a password. */
export function openPdf(address: string): { document: Promise<PDFDocumentProxy>; close: () => void } {
  GlobalWorkerOptions.workerPort ??= new Worker(trusted(workerAddress), { type: 'module' });
  const task = getDocument({
    url: address,
    // Programs inside of it do not run here: neither its own nor WebAssembly.
    enableXfa: false,
    useWasm: false,
    disableAutoFetch: true,
    disableStream: true,
  });
  return { document: task.promise, close: () => void task.destroy() };
}

/** Draws a page on a canvas of so many CSS pixels across; gives what is written on it. */
export async function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  { width, signal }: { width: number; signal: AbortSignal },
): Promise<string> {
  const own = page.getViewport({ scale: 1 });
  const density = Math.min(devicePixelRatio, 3);
  const viewport = page.getViewport({ scale: (width / own.width) * density });
  const drawing = page.render({ canvas, viewport });
  const cancel = () => drawing.cancel();
  signal.addEventListener('abort', cancel);
  [canvas.width, canvas.height] = [Math.floor(viewport.width), Math.floor(viewport.height)];
  await drawing.promise;
  signal.removeEventListener('abort', cancel);
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}
