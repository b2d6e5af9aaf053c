import type { IncomingMessage } from 'node:http';
import { Refusal } from '@confab/protocol';

/** The whole body of a request. @throws `Refusal('frame-too-large')` as soon as it is over the bound. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new Refusal('frame-too-large', { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
