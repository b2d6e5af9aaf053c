/** A `/`, a name and what follows it. Paths such as `/etc/hosts` are text. */
const form = /^\/([a-z][a-z-]*)(?:\s+([\s\S]*))?$/i;

/** What a text says if it has a command's form; `null` for a text that has not, as one that begins with a space. */
export function commandForm(text: string): { name: string; rest: string } | null {
  const match = form.exec(text);
  return match === null ? null : { name: (match[1] ?? '').toLowerCase(), rest: (match[2] ?? '').trim() };
}
