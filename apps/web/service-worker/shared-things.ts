import { limits } from '@confab/protocol/limits.ts';

/** Where another program of the device sends what somebody shares; the same address asks for which room it is. */
export const sharePath = '/share';
const cacheName = 'confab-shared';
/** Under which each is kept, in front of its number. */
const filePath = `${sharePath}/files/`;
const textPath = `${sharePath}/text`;
/** A name may have letters that no header takes. */
const nameHeader = 'x-file-name';

/** What somebody shared with this app, until it is attached in a room. */
export interface SharedThings {
  readonly text: string;
  readonly files: readonly File[];
}

/** The form that the device sends, as the manifest names its fields. What was shared before and never sent is forgotten. */
export async function keepShared(form: FormData): Promise<void> {
  await caches.delete(cacheName);
  const cache = await caches.open(cacheName);
  const said = ['title', 'text', 'url'].map((field) => form.get(field)).filter((value) => typeof value === 'string');
  await cache.put(textPath, new Response([...new Set(said)].filter(Boolean).join('\n')));
  const files = form.getAll('files').filter((value) => value instanceof File);
  for (const [index, file] of files.slice(0, limits.filesPerMessage).entries()) {
    const headers = { 'content-type': file.type, [nameHeader]: encodeURIComponent(file.name) };
    await cache.put(filePath + index, new Response(file, { headers }));
  }
}

export async function readShared(): Promise<SharedThings> {
  const none = { text: '', files: [] };
  // Pages at an address without HTTPS have no caches.
  if (!('caches' in globalThis) || !(await caches.has(cacheName))) return none;
  const cache = await caches.open(cacheName);
  const files: File[] = [];
  for (let index = 0; index < limits.filesPerMessage; index += 1) {
    const kept = await cache.match(filePath + index);
    if (kept === undefined) break;
    const data = await kept.blob();
    files.push(new File([data], decodeURIComponent(kept.headers.get(nameHeader) ?? ''), { type: data.type }));
  }
  return { text: (await (await cache.match(textPath))?.text()) ?? '', files };
}

export async function forgetShared(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(cacheName);
}
