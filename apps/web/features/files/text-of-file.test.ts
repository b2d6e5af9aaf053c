import { expect, test } from 'vitest';
import { decoded, languageOf } from './text-of-file.ts';

test.each([
  ['main.rs', 'rs'],
  ['Dockerfile', 'dockerfile'],
  ['a.tar.YML', 'yml'],
  ['README', ''],
])('%s is written in %j', (name, language) => {
  expect(languageOf(name)).toBe(language);
});

test('a text is read by its byte order mark, without the letter that was cut at its end', () => {
  const bytes = new TextEncoder().encode('Höhe\r\nTür ü');
  expect(decoded(bytes)).toBe('Höhe\nTür ü');
  expect(decoded(bytes.subarray(0, -1))).toBe('Höhe\nTür ');
  expect(decoded(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
  expect(decoded(Uint8Array.of(0xff, 0xfe, 0x61, 0x00))).toBe('a');
  expect(decoded(Uint8Array.of(0xfe, 0xff, 0x00, 0x61))).toBe('a');
});
