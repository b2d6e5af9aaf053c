/** A mail as a mail program reads it (RFC 5322, RFC 2045 to 2047). */
export interface ReadMail {
  /** By name in small letters; what stands twice is there twice. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
  readonly html: string;
}

interface Part {
  readonly headers: Map<string, string[]>;
  readonly body: string;
}

function split(raw: string): Part {
  const [head = '', ...rest] = raw.replaceAll('\r\n', '\n').split('\n\n');
  const headers = new Map<string, string[]>();
  for (const line of head.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(colon + 1).trim())]);
  }
  return { headers, body: rest.join('\n\n') };
}

const bytesOfQuoted = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : bytesOfQuoted(word.replaceAll('_', ' ')).toString('utf8'),
    );
}

function contentOf({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.[0]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? bytesOfQuoted(body).toString('utf8') : body;
}

export function readMail(raw: string): ReadMail {
  const mail = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(mail.headers.get('content-type')?.[0] ?? '')?.[1];
  const parts =
    boundary === undefined
      ? []
      : mail.body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => split(part.slice(1)));
  const partOf = (type: string) => parts.find((part) => part.headers.get('content-type')?.[0]?.startsWith(type));
  const [text, html] = [partOf('text/plain'), partOf('text/html')];
  return { headers: mail.headers, text: text ? contentOf(text) : '', html: html ? contentOf(html) : '' };
}
