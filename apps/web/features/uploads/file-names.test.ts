import { expect, test } from 'vitest';
import { isUnnamed, pastedName, voiceName } from './file-names.ts';

const at = new Date(2026, 10, 2, 9, 5, 7);

test('what was cut out of a picture is called after the time of pasting', () => {
  expect(pastedName({ name: 'image.png', type: 'image/png' }, at)).toBe('Picture 2026-11-02 09.05.07.png');
  expect(pastedName({ name: '', type: 'image/jpeg' }, at)).toBe('Picture 2026-11-02 09.05.07.jpg');
  expect(pastedName({ name: '', type: 'application/x-of-nobody' }, at)).toBe('File 2026-11-02 09.05.07');
});

test('a file keeps the name that it has', () => {
  expect(pastedName({ name: 'Oak board.png', type: 'image/png' }, at)).toBe('Oak board.png');
  expect(isUnnamed({ name: 'my image.png' })).toBe(false);
});

test('a voice message ends as its recording is', () => {
  expect(voiceName('audio/webm;codecs=opus', at)).toBe('Voice message 2026-11-02 09.05.07.webm');
  expect(voiceName('audio/mp4', at)).toBe('Voice message 2026-11-02 09.05.07.m4a');
});
