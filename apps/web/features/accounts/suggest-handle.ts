import { limits } from '@confab/protocol/limits.ts';

/** A handle made from a name: `Ada Öberg` → `ada.oberg`. Empty when nothing of the name can stand in a handle. */
export function suggestHandle(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '.')
    .replace(/^[._-]+/, '')
    .slice(0, limits.handleChars.max)
    .replace(/[._-]+$/, '');
}
