/**
 * How a list of rows came from the one before, by their keys. `start`: rows were added or taken away at the beginning,
 * so the place must be kept from the end; `end`: the beginning is the same; `replaced`: another stretch of the room.
 */
export function listChange(before: readonly string[], after: readonly string[]): 'start' | 'end' | 'replaced' {
  const oldFirst = before[0];
  const newFirst = after[0];
  if (oldFirst === undefined || newFirst === undefined) return 'replaced';
  if (oldFirst === newFirst) return 'end';
  if (after.includes(oldFirst) || before.includes(newFirst)) return 'start';
  return 'replaced';
}
