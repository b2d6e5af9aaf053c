import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Timers } from '@confab/engine';
import { endConnection, refuse } from './answers.ts';
import { requestLimits } from './limits.ts';

/** `gone`: cut off, or not sent within `requestLimits.bodyMs`. */
type Unread = 'frame-too-large' | 'gone';
export type BodyProblem = Unread | 'malformed';

/** The whole body of at most `maxBytes`. What is too long is not kept, and what says that it will be is not read. */
export function readBytes(
  request: IncomingMessage,
  maxBytes: number,
  timers: Timers,
): Promise<{ readonly bytes: Buffer } | { readonly problem: Unread }> {
  if (Number(request.headers['content-length']) > maxBytes) return Promise.resolve({ problem: 'frame-too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const giveUp = timers.after(requestLimits.bodyMs, () => done({ problem: 'gone' }));
    const done = (body: { bytes: Buffer } | { problem: Unread }): void => {
      giveUp();
      request.off('data', onData);
      resolve(body);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > maxBytes) done({ problem: 'frame-too-large' });
      else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => done({ bytes: Buffer.concat(chunks) }));
    request.once('close', () => done({ problem: 'gone' }));
  });
}

/** The same as UTF-8 text; `malformed` if it is none. */
export async function readText(
  request: IncomingMessage,
  maxBytes: number,
  timers: Timers,
): Promise<{ readonly text: string } | { readonly problem: BodyProblem }> {
  const body = await readBytes(request, maxBytes, timers);
  if ('problem' in body) return body;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(body.bytes) };
  } catch {
    return { problem: 'malformed' };
  }
}

/** Holds a body that a library reads to the same time: cuts it off when it is not there by then. */
export function boundBodyTime(request: IncomingMessage, response: ServerResponse, timers: Timers): void {
  const giveUp = timers.after(requestLimits.bodyMs, () => response.destroy());
  request.once('end', giveUp);
  response.once('close', giveUp);
}

/** Answers a request whose body could not be read, where errors have our own form. */
export function refuseBody(response: ServerResponse, problem: BodyProblem, limit: number): void {
  if (problem === 'gone') response.destroy();
  else if (problem === 'malformed') refuse(response, problem);
  else {
    endConnection(response);
    refuse(response, problem, { limit });
  }
}
