import { limits } from '@confab/protocol';

/** Words that call everyone, and are nobody's handle. */
const reserved = new Set(['all', 'channel', 'everyone', 'here', 'room']);

/** A name as a handle: small letters, digits, dots and dashes. */
export function handleFrom(...names: readonly string[]): string {
  for (const name of names) {
    const plain = name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+|[._-]+$/g, '')
      .slice(0, limits.handleChars.max)
      .replace(/[._-]+$/, '');
    if (plain.length >= limits.handleChars.min && !reserved.has(plain)) return plain;
  }
  return 'person';
}

/** The same handle with a number behind it. */
export function numbered(name: string, number: number, most: number): string {
  return `${name.slice(0, most - `${number}`.length - 1).replace(/[._-]+$/, '')}-${number}`;
}
