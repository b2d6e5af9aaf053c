import { expect, test } from 'vitest';
import { Statements } from './statements.ts';

const forOneCall = (text: string) => ({ sqlite: text, postgres: text, kept: false }) as const;

test('a statement for one call takes no place among those that are kept', () => {
  const statements = new Statements(1);
  expect(statements.translated(forOneCall('SELECT 1 WHERE 1 = ?'))).toEqual({
    ...statements.translated(forOneCall('SELECT 1 WHERE 1 = ?')),
    name: undefined,
  });
  const kept = statements.translated('SELECT 2');
  expect(kept.name).toBe('confab_1');
  expect(statements.translated('SELECT 2')).toBe(kept);
  expect(statements.translated('SELECT 3').name).toBeUndefined();
});

test('what scripts may not run is refused for one call too', () => {
  expect(() => new Statements(1).translated(forOneCall('COMMIT'))).toThrow('may not run');
});
