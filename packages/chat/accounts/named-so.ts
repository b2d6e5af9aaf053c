/** Ends a pattern of `LIKE` from being one. */
const literal = (text: string): string => text.replace(/[!%_]/g, '!$&');

/**
 * A condition on `users u`, with its parameters: the handle begins with the text, or a word of the name does. SQLite
 * knows upper and lower case in ASCII alone, so a first letter beyond that is looked for in both.
 */
export function namedSo(text: string | undefined): { condition: string; parameters: string[] } {
  if (text === undefined) return { condition: '', parameters: [] };
  const typed = literal(text.normalize('NFC').trim().toLowerCase());
  const [first = ''] = typed;
  const asTyped = [typed, first.toUpperCase() + typed.slice(first.length)];
  const names = asTyped.flatMap((each) => [`${each}%`, `% ${each}%`]);
  const ofNames = names.map(() => "lower(u.name) LIKE ? ESCAPE '!'").join(' OR ');
  return { condition: `AND (u.handle LIKE ? ESCAPE '!' OR ${ofNames})`, parameters: [`${typed}%`, ...names] };
}
