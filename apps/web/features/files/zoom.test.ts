import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitted, mostScale, moved, unzoomed, zoomed } from './zoom.ts';

const stage = { width: 1_000, height: 800 };
const size = { picture: { width: 1_000, height: 500 }, stage };

test('a picture fits into the stage, and is not made larger for it', () => {
  expect(fitted({ width: 4_000, height: 2_000 }, stage)).toEqual({ width: 1_000, height: 500 });
  expect(fitted({ width: 100, height: 50 }, stage)).toEqual({ width: 100, height: 50 });
});

test('what is under the pointer stays there', () => {
  const zoom = zoomed(unzoomed, 4, { x: 200, y: 50 }, size);
  // The point of the picture that was at (200, 50) is four times as far from its middle, which moved as far back.
  expect(zoom).toEqual({ scale: 4, x: -600, y: -150 });
});

test('small again it stands where it stood', () => {
  const zoom = zoomed(unzoomed, 4, { x: 300, y: 100 }, size);
  expect(zoomed(zoom, 0.1, { x: -300, y: 0 }, size)).toEqual(unzoomed);
});

test('it is never dragged further than to its edge', () => {
  const point = fc.integer({ min: -2_000, max: 2_000 });
  fc.assert(
    fc.property(fc.double({ min: 1, max: 20, noNaN: true }), point, point, (factor, x, y) => {
      const zoom = moved(zoomed(unzoomed, factor, { x: 0, y: 0 }, size), x, y, size);
      expect(zoom.scale).toBeLessThanOrEqual(mostScale);
      expect(Math.abs(zoom.x)).toBeLessThanOrEqual(Math.max(0, (size.picture.width * zoom.scale - stage.width) / 2));
      expect(Math.abs(zoom.y)).toBeLessThanOrEqual(Math.max(0, (size.picture.height * zoom.scale - stage.height) / 2));
    }),
  );
});
