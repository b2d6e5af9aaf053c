import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Crop, mostZoom, moved, type Size, sideOf, wholeCrop, zoomed } from './crop.ts';

const wide: Size = { width: 400, height: 200 };

it('begins with the middle of a picture, as much of it as fits', () => {
  expect(wholeCrop(wide)).toEqual({ x: 200, y: 100, zoom: 1 });
  expect(sideOf(wide, wholeCrop(wide))).toBe(200);
});

it('moves by parts of what is shown, as far as there is picture', () => {
  const right = moved(wide, wholeCrop(wide), 0.25, 0.25);
  expect(right).toEqual({ x: 250, y: 100, zoom: 1 });
  expect(moved(wide, right, 5, 0)).toEqual({ x: 300, y: 100, zoom: 1 });
  expect(moved(wide, right, -5, 0)).toEqual({ x: 100, y: 100, zoom: 1 });
});

it('zooms around a place that stays where it is', () => {
  expect(zoomed(wide, wholeCrop(wide), 2)).toEqual({ x: 200, y: 100, zoom: 2 });
  // The upper left corner of what was shown is the one of what is shown now.
  expect(zoomed(wide, wholeCrop(wide), 2, { x: 0, y: 0 })).toEqual({ x: 150, y: 50, zoom: 2 });
});

it('is inside the picture, whatever is done', () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 9_000 }), height: fc.integer({ min: 1, max: 9_000 }) });
  const part = fc.double({ min: -3, max: 3, noNaN: true });
  const zoom = fc.double({ min: 0, max: 20, noNaN: true });
  const step = fc.oneof(
    fc.tuple(part, part).map(
      ([x, y]) =>
        (picture: Size, crop: Crop) =>
          moved(picture, crop, x, y),
    ),
    fc.tuple(zoom, part, part).map(
      ([to, x, y]) =>
        (picture: Size, crop: Crop) =>
          zoomed(picture, crop, to, { x, y }),
    ),
  );
  fc.assert(
    fc.property(size, fc.array(step, { maxLength: 20 }), (picture, steps) => {
      const crop = steps.reduce((before, next) => next(picture, before), wholeCrop(picture));
      const half = sideOf(picture, crop) / 2;
      const [least, most] = [-1e-6, 1e-6];
      expect(crop.x - half).toBeGreaterThanOrEqual(least);
      expect(crop.y - half).toBeGreaterThanOrEqual(least);
      expect(crop.x + half).toBeLessThanOrEqual(picture.width + most);
      expect(crop.y + half).toBeLessThanOrEqual(picture.height + most);
      expect(crop.zoom).toBeGreaterThanOrEqual(1);
      expect(crop.zoom).toBeLessThanOrEqual(mostZoom);
    }),
  );
});
