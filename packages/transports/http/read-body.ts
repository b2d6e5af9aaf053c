import type { IncomingMessage } from 'node:http';
import type { Timers } from '@confab/engine';
import { requestLimits } from './limits.ts';

/** `gone`: cut off, or not sent within the time there is. */
export type Body = { readonly text: string } | { readonly problem: 'frame-too-large' | 'malformed' | 'gone' };

/** The whole body as UTF-8 text of at most `maxBytes`. What is too long is not read to its end. */
export function readBody(request: IncomingMessage, maxBytes: number, timers: Timers): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const giveUp = timers.after(requestLimits.bodyMs, () => done({ problem: 'gone' }));
    const done = (body: Body): void => {
      giveUp();
      request.off('data', onData);
      resolve(body);
    };
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > maxBytes) done({ problem: 'frame-too-large' });
      else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => done(decode(Buffer.concat(chunks))));
    request.once('close', () => done({ problem: 'gone' }));
  });
}

function decode(bytes: Buffer): Body {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'malformed' };
  }
}
