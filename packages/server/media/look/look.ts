import type { LookedInto, Subject } from '../media.ts';

/** Looks into a file by what it is; each way is loaded when the first file takes it. @throws what a decoder says */
export async function look(path: string, { kind, type }: Pick<Subject, 'kind' | 'type'>): Promise<LookedInto> {
  if (kind === 'picture') return (await import('./picture.ts')).lookIntoPicture(path, type);
  if (kind === 'pdf') return (await import('./pdf.ts')).lookIntoPdf(path);
  if (type === 'image/svg+xml') return (await import('./drawing.ts')).lookIntoDrawing(path);
  if (type === 'application/zip') return (await import('./zip.ts')).lookIntoZip(path);
  if (type === 'application/x-tar' || type === 'application/gzip') {
    return (await import('./tar.ts')).lookIntoTar(path, type === 'application/gzip');
  }
  return { details: {}, previews: [] };
}
