/** How many values one statement takes at most; longer lists are asked in parts. */
const maxListed = 512;

/**
 * Splits values into parts for `IN (…)`. The parts are filled up to a few fixed lengths by repeating the last value,
 * so that lists of any length share a handful of prepared statements.
 */
export function listsOf<T extends string>(values: readonly T[]): { marks: string; values: T[] }[] {
  const lists: { marks: string; values: T[] }[] = [];
  for (let from = 0; from < values.length; from += maxListed) {
    const part = values.slice(from, from + maxListed);
    const length = [1, 8, 64].find((size) => size >= part.length) ?? maxListed;
    const last = part[part.length - 1] as T;
    while (part.length < length) part.push(last);
    lists.push({ marks: new Array(length).fill('?').join(', '), values: part });
  }
  return lists;
}
