import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { giveBack } from '../files/give-back.ts';

/**
 * Sends what a source has as the body, a piece at a time, whose memory is given back once it is on its way. Whose
 * connection ends is sent nothing more; where the source fails the connection ends, as it has been told how much comes.
 */
export async function sendBytes(source: Readable, response: ServerResponse): Promise<void> {
  let settle: (isSent: boolean) => void = () => {};
  response.once('close', () => settle(false));
  response.on('error', () => settle(false));
  const sent = (piece: Buffer): Promise<boolean> =>
    new Promise((resolve) => {
      settle = resolve;
      if (response.destroyed) resolve(false);
      else response.write(piece, (error) => resolve(!error));
    });
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      if (!(await sent(piece))) return;
      giveBack(piece);
    }
    response.end();
  } catch {
    response.destroy();
  }
}
