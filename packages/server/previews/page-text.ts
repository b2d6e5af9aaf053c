/** How much of a page is searched for the name of its encoding, as browsers do it. */
const searchedBytes = 1_024;

/** The text of a page in the encoding that it names: in its header, by a byte order mark, or in its first lines. */
export function textOf(body: Buffer, contentType: string): string {
  const head = body.subarray(0, searchedBytes).toString('latin1');
  const named =
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType) ?? /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head);
  return decoderOf(body, named?.[1] ?? 'utf-8').decode(body);
}

function decoderOf(body: Buffer, label: string): TextDecoder {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return new TextDecoder();
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
