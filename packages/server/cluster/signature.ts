import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that a node signs a request with that it passes on. What a client sends under this name is dropped. */
export const signatureHeader = 'x-confab-node';

/** Who passes a request on to whom, and whose it is. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  /** What the other node said last of itself, as the nodes' table has it: so no clocks are compared. */
  readonly beat: number;
  /** Counts the requests of `from`. */
  readonly number: number;
  /** The client's address. */
  readonly address: string;
}

/** What is passed on, but for its body, which is not signed. `headers`: names and values in turn. */
export interface PassedHead {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
}

/** Fields that are about one connection, not about the request, and our own. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  signatureHeader,
]);

/** The fields that travel from one node to another, as they came. */
export function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    if (!hopByHop.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

/** The value of the signature's header. */
export function sign(secret: string, passage: Passage, head: PassedHead): string {
  const { from, to, beat, number, address } = passage;
  const fields = [from, to, String(beat), String(number), Buffer.from(address).toString('base64url')];
  return [...fields, macOf(secret, passage, head).toString('base64url')].join(' ');
}

/** What a header's value says, if it was made with the secret and for this very request. */
export function verify(secret: string, value: string, head: PassedHead): Passage | undefined {
  const [from = '', to = '', beat = '', number = '', address = '', mac = ''] = value.split(' ');
  const client = Buffer.from(address, 'base64url').toString();
  const passage = { from, to, beat: Number(beat), number: Number(number), address: client };
  const given = Buffer.from(mac, 'base64url');
  const wanted = macOf(secret, passage, head);
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? passage : undefined;
}

function macOf(secret: string, { from, to, beat, number, address }: Passage, head: PassedHead): Buffer {
  const signed = [from, to, beat, number, address, head.method, head.url, head.headers];
  return createHmac('sha256', secret).update(JSON.stringify(signed)).digest();
}
