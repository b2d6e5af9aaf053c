import { expect, test } from 'vitest';
import { hasFilter, withFilterToggled } from './query-filters.ts';

test('a press sets a filter, and the next one takes it out again', () => {
  const set = withFilterToggled('apples', 'has:link');
  expect(set).toBe('apples has:link ');
  expect(hasFilter(set, 'has:link')).toBe(true);
  expect(withFilterToggled(set, 'has:link')).toBe('apples ');
  expect(withFilterToggled('', 'is:pinned')).toBe('is:pinned ');
});

test('what only looks like the filter stays', () => {
  expect(hasFilter('"has:link"', 'has:link')).toBe(false);
  expect(hasFilter('has:links', 'has:link')).toBe(false);
  expect(withFilterToggled('pears HAS:link apples', 'has:link')).toBe('pears apples');
});
