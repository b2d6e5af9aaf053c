import { expect, test } from 'vitest';
import { reachedEnd } from './reached-end.ts';

test('who comes down as far as the foot has reached the end, however exactly they stop', () => {
  expect(reachedEnd({ below: 0, lastBelow: 400, later: false })).toBe(true);
  expect(reachedEnd({ below: 12, lastBelow: 400, later: false })).toBe(true);
  expect(reachedEnd({ below: 13, lastBelow: 400, later: false })).toBe(false);
});

test('who goes up by a few pixels has left the end', () => {
  expect(reachedEnd({ below: 5, lastBelow: 0, later: false })).toBe(false);
});

test('a bounce past the end, or a rounding, is still the end', () => {
  expect(reachedEnd({ below: -30, lastBelow: 0, later: false })).toBe(true);
  expect(reachedEnd({ below: 1, lastBelow: 0, later: false })).toBe(true);
});

test('the end of what is loaded is not the end of the room, so what loads next does not carry the reader along', () => {
  expect(reachedEnd({ below: 0, lastBelow: 400, later: true })).toBe(false);
});
