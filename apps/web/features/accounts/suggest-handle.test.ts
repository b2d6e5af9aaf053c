import { expect, test } from 'vitest';
import { suggestHandle } from './suggest-handle.ts';

test.each([
  ['Ada', 'ada'],
  ['Ada Öberg', 'ada.oberg'],
  ['  --Ben--  ', 'ben'],
  ['Zoë d’Arc', 'zoe.d.arc'],
  ['Мира', ''],
  ['x'.repeat(50), 'x'.repeat(32)],
])('%s becomes “%s”', (name, handle) => {
  expect(suggestHandle(name)).toBe(handle);
});
