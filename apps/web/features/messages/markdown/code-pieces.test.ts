import { expect, test } from 'vitest';
import { type CodePiece, codePieces } from './code-pieces.ts';

function letters(pieces: readonly CodePiece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : letters(piece.children))).join('');
}

test('code is coloured by what its pieces are', () => {
  expect(codePieces('const a = "b"; // c', 'ts')).toEqual([
    { scope: 'keyword', children: ['const'] },
    ' a ',
    '= ',
    { scope: 'string', children: ['"b"'] },
    '; ',
    { scope: 'comment', children: ['// c'] },
  ]);
});

const written = '<script>\n  let a = `1 + 2`; /* & */\n</script>\n<style>a { color: red }</style>\n# [x](y) "\'\\';

test.each(['html', 'js', 'ts', 'php', 'css', 'md', 'sh', 'python', 'sql', 'yaml', 'c++'])(
  'as %s it keeps every letter',
  (language) => {
    expect(letters(codePieces(written, language) ?? [])).toBe(written);
  },
);

test('a language that is none here is left alone', () => {
  expect(codePieces('a', 'klingon')).toBeNull();
  expect(codePieces('a', 'constructor')).toBeNull();
  expect(codePieces('a', '__proto__')).toBeNull();
});
