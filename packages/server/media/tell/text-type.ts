import type { FileBytes } from '../file-bytes.ts';
import { lookLimits } from '../limits.ts';

const byEnding: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  json: 'application/json',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  css: 'text/css',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
  xml: 'text/xml',
  yaml: 'text/x-yaml',
  yml: 'text/x-yaml',
  toml: 'text/x-toml',
  ini: 'text/x-ini',
  js: 'text/javascript',
  mjs: 'text/javascript',
  cjs: 'text/javascript',
  jsx: 'text/javascript',
  ts: 'text/x-typescript',
  tsx: 'text/x-typescript',
  py: 'text/x-python',
  rb: 'text/x-ruby',
  php: 'text/x-php',
  java: 'text/x-java',
  kt: 'text/x-kotlin',
  swift: 'text/x-swift',
  go: 'text/x-go',
  rs: 'text/x-rust',
  c: 'text/x-c',
  h: 'text/x-c',
  cpp: 'text/x-c++',
  hpp: 'text/x-c++',
  cs: 'text/x-csharp',
  sh: 'text/x-shellscript',
  sql: 'text/x-sql',
  diff: 'text/x-diff',
  patch: 'text/x-diff',
  tex: 'text/x-tex',
  log: 'text/plain',
  vcf: 'text/vcard',
  ics: 'text/calendar',
  vtt: 'text/vtt',
};

/** Letters of UTF-8 have at most four bytes, and a piece may begin or end in one. */
const letterBytes = 4;

function isText(piece: Buffer, beginsInside: boolean): boolean {
  if (piece.includes(0)) return false;
  let from = 0;
  if (beginsInside) while (from < letterBytes && ((piece[from] ?? 0) & 0xc0) === 0x80) from++;
  try {
    // What a letter lacks at the end may still come.
    new TextDecoder('utf-8', { fatal: true }).decode(piece.subarray(from), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The first element of XML or HTML, after what may stand before it. */
export function rootOf(text: string): string | undefined {
  let rest = text.replace(/^\uFEFF/, '');
  for (;;) {
    rest = rest.trimStart();
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : undefined;
    if (end !== undefined) {
      const at = rest.indexOf(end);
      if (at < 0) return undefined;
      rest = rest.slice(at + end.length);
      continue;
    }
    const [declared, name] = /^<!doctype\s+([\w:]*)[^[>]*(?:\[[^\]]*\]\s*)?>?/i.exec(rest) ?? [];
    if (declared === undefined) return /^<([\w:.-]+)/.exec(rest)?.[1]?.toLowerCase();
    if (name?.toLowerCase() === 'html') return 'html';
    rest = rest.slice(declared.length);
  }
}

const pageRoots = new Set(['html', 'head', 'body', 'script', 'iframe', 'style', 'title', 'div', 'img', 'a', 'p']);

/** The type of a text (UTF-8, no zeros); `undefined` for what is none. */
export async function textType(bytes: FileBytes, name: string): Promise<string | undefined> {
  const first = await bytes.at(0, lookLimits.textBytes);
  if (!isText(first, false)) return undefined;
  const from = Math.max(0, bytes.size - lookLimits.textBytes);
  if (from > 0 && !isText(await bytes.at(from, lookLimits.textBytes), true)) return undefined;
  const root = rootOf(first.toString());
  if (root === 'svg' || root?.endsWith(':svg')) return 'image/svg+xml';
  if (root !== undefined && pageRoots.has(root)) return 'text/html';
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : 'text/plain';
}
