import { describe, expect, test } from 'vitest';
import { directionProblems } from './check-directions.ts';

const problems = (...lines: string[]) => directionProblems('a.css', `.a {\n${lines.join('\n')}\n}`);

describe('sides in a style sheet', () => {
  test.each([
    'left: 0;',
    'margin-right: 4px;',
    'border-left: 1px solid;',
    'border-top-left-radius: 4px;',
    'text-align: right;',
    'padding: 1px 2px 1px 3px;',
    'inset: 0 calc(1px + 2px) 0 var(--a);',
  ])('%s is a problem', (line) => {
    expect(problems('color: red;', line)).toEqual([`a.css:3 names a side: ${line}`]);
  });

  test.each([
    'inset-inline-start: 0;',
    'margin-block: 1px 2px;',
    'padding: 1px 2px 1px 2px;',
    'padding: 28px 20px calc(48px + env(safe-area-inset-bottom));',
    'text-align: start;',
    'transform-origin: left;',
  ])('%s is none', (line) => {
    expect(problems(line)).toEqual([]);
  });

  test('are none where the same is said for lines from right to left', () => {
    expect(directionProblems('a.css', '.a {\n  left: 1px;\n}\n[dir="rtl"] .a {\n  left: 2px;\n}')).toEqual([]);
  });
});
