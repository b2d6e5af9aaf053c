import { expect, it } from 'vitest';
import { listsOf } from './sql-list.ts';

it('lists of any length share four statements and lose no value', () => {
  const statements = new Set<string>();
  for (let length = 0; length <= 1_200; length += 1) {
    const values = Array.from({ length }, (_, index) => `v${index}`);
    const lists = listsOf(values);
    for (const list of lists) statements.add(list.marks);
    expect(new Set(lists.flatMap((list) => list.values))).toEqual(new Set(values));
    for (const list of lists) expect(list.marks.split(', ')).toHaveLength(list.values.length);
  }
  expect(statements.size).toBe(4);
});
