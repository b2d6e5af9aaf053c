/** Names of whole files that say what is written in them, as their endings do otherwise. */
const wholeNames: Readonly<Record<string, string>> = {
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
  makefile: 'makefile',
  gnumakefile: 'makefile',
  '.bashrc': 'bash',
  '.profile': 'bash',
};

/** The name by which the highlighter may know what a file is written in. */
export function languageOf(name: string): string {
  const plain = name.toLowerCase();
  return wholeNames[plain] ?? /\.(\w+)$/.exec(plain)?.[1] ?? '';
}

/** The beginning of a text, of at most so many bytes. @throws when it cannot be had. */
export async function loadText(address: string, mostBytes: number): Promise<{ text: string; whole: boolean }> {
  const answer = await fetch(address, { headers: { range: `bytes=0-${mostBytes - 1}` } });
  // Of an empty file there is no range.
  if (answer.status === 416) return { text: '', whole: true };
  if (!answer.ok) throw new Error(`The text was answered with ${answer.status}.`);
  const total = Number(answer.headers.get('content-range')?.split('/')[1] ?? 0);
  const bytes = new Uint8Array(await answer.arrayBuffer()).subarray(0, mostBytes);
  return { text: decoded(bytes), whole: total <= bytes.length };
}

/** By its byte order mark; UTF-8 without one. A letter that is cut in two at the end is left out. */
export function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes, { stream: true }).replace(/\r\n?/g, '\n');
}
