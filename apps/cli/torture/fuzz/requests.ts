import { once } from 'node:events';
import { get } from 'node:http';
import { clientFrame, opcodes } from '../../load/websocket-frames.ts';
import type { Fuzz } from './fuzz.ts';
import type { Conversation } from './fuzzed-door.ts';

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request as bytes. The connection stays open. */
export function requestBytes({ method = 'GET', path, headers = {}, body }: Asked): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: x'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from((body ?? '') as string)]);
}

/** A conversation of requests, one after the other on a connection; the last one ends it. */
export function requests(fuzz: Fuzz, next: () => Asked, end: () => void = () => {}): Conversation {
  return {
    end,
    opening: [],
    probe: requestBytes({ path: '/health/live' }),
    farewell: requestBytes({ path: '/health/live', headers: { Connection: 'close' } }),
    frame: () => fuzz.sometimesBroken(requestBytes(next()), 40),
  };
}

/**
 * A stream that goes on beside a conversation, thrown away as it is read. Resolves when it has begun; the answer ends it.
 */
export async function streamBeside(url: string, headers: Readonly<Record<string, string>>): Promise<() => void> {
  const asking = get(url, { headers, agent: false }, (response) => response.resume());
  asking.on('error', () => {});
  await Promise.race([once(asking, 'response').catch(() => {}), once(asking, 'close')]);
  return () => void asking.destroy();
}

/** Polls beside a conversation, one after the other, until there is nothing more to ask for; the answer ends it. */
export async function pollsBeside(url: string, headers: Readonly<Record<string, string>>): Promise<() => void> {
  const over = new AbortController();
  const poll = async (): Promise<boolean> => {
    const response = await fetch(url, { headers, signal: over.signal });
    await response.arrayBuffer();
    return response.status === 200;
  };
  const goOn = async (): Promise<void> => {
    while (await poll());
  };
  if (await poll()) goOn().catch(() => {});
  return () => over.abort();
}

interface OverWebSocket {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is said before anything else. */
  readonly hello: readonly (string | Buffer)[];
}

/** The key is the RFC's own example. */
const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** A conversation over a WebSocket; handshakes, first words, texts and frames are broken now and then. */
export function webSocket(fuzz: Fuzz, { path, headers = {}, hello }: OverWebSocket, next: () => string | Buffer) {
  const upgraded = fuzz.sometimesBroken(requestBytes({ path, headers: { ...upgrade, ...headers } }), 15);
  const frameOf = (said: string | Buffer, often: number): Buffer => {
    const payload = fuzz.sometimesBroken(Buffer.from(said as Buffer), often);
    const opcode = fuzz.seldom(80) ? fuzz.below(16) : typeof said === 'string' ? opcodes.text : opcodes.binary;
    return fuzz.sometimesBroken(clientFrame(opcode, payload, !fuzz.seldom(80)), 80);
  };
  return {
    opening: [upgraded, ...hello.map((each) => frameOf(each, 15))],
    probe: clientFrame(opcodes.ping, Buffer.alloc(0)),
    farewell: clientFrame(opcodes.close, Buffer.from([3, 232])),
    frame: () => frameOf(next(), 40),
  } satisfies Conversation;
}
