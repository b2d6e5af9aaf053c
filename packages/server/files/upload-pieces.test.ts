import { expect, it } from 'vitest';
import { joinedPieces, parsePieceName, pieceName } from './upload-pieces.ts';

const joined = (...pieces: [number, number][]) => {
  const { uses, end } = joinedPieces(pieces.map(([at, bytes]) => ({ at, bytes })));
  return { end, uses: uses.map(({ piece, skip }) => [piece.at, piece.bytes, skip]) };
};

it('a piece is told by its name, and nothing else is one', () => {
  const piece = { at: 8_388_608, bytes: 17 };
  expect(pieceName(piece)).toBe('000000008388608-17');
  expect(parsePieceName(pieceName(piece))).toEqual(piece);
  for (const name of ['', '0-1', '000000008388608', '000000008388608-', '000000008388608-x', '../000000008388608-1']) {
    expect(parsePieceName(name)).toBeUndefined();
  }
});

it('pieces are put together in the order of their bytes', () => {
  expect(joined([10, 5], [0, 10])).toEqual({
    end: 15,
    uses: [
      [0, 10, 0],
      [10, 5, 0],
    ],
  });
});

it('what lies behind a piece that is missing has not arrived', () => {
  expect(joined([0, 10], [11, 5])).toEqual({ end: 10, uses: [[0, 10, 0]] });
  expect(joined([1, 10])).toEqual({ end: 0, uses: [] });
});

it('what came twice is taken once', () => {
  expect(joined([0, 4], [0, 10], [5, 3], [8, 6])).toEqual({
    end: 14,
    uses: [
      [0, 10, 0],
      [8, 6, 2],
    ],
  });
});

it('nothing has no bytes', () => {
  expect(joined()).toEqual({ end: 0, uses: [] });
  expect(joined([0, 0])).toEqual({ end: 0, uses: [] });
});
