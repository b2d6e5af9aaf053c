/** A `/`, a name and what follows it. Paths such as `/etc/hosts` are text. */
const form = /^\/([a-z][a-z-]*)(?:\s+([\s\S]*))?$/i;

/** What a text says if it has a command's form; `null` for a text that has not, as one that begins with a space. */
export function commandForm(text: string): { name: string; rest: string } | null {
  const match = form.exec(text);
  return match === null ? null : { name: (match[1] ?? '').toLowerCase(), rest: (match[2] ?? '').trim() };
}

/** What is posted of a text that is no command: two slashes in front of a name stand for one. */
export function withoutEscape(text: string): string {
  return text.startsWith('//') && form.test(text.slice(1)) ? text.slice(1) : text;
}
