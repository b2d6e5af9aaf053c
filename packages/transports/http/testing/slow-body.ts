import { request } from 'node:http';
import type { FakeTime } from '@confab/engine/testing';
import { requestLimits } from '../limits.ts';

/** Sends a body that trickles and never ends. How it went: `cut`, or the status of an answer; `early`, too soon. */
export async function slowBody(time: FakeTime, url: string, headers: Record<string, string>): Promise<string> {
  let outcome = '';
  const sending = request(url, { method: 'POST', headers, agent: false }, ({ statusCode }) => {
    outcome = String(statusCode);
  });
  sending.on('error', () => {
    outcome = 'cut';
  });
  let secondsPassed = 0;
  while (outcome === '' && secondsPassed * 1_000 < requestLimits.bodyMs * 10) {
    sending.write(' ');
    await new Promise((resolve) => setTimeout(resolve, 1));
    await time.advance(1_000);
    secondsPassed += 1;
  }
  sending.destroy();
  return secondsPassed * 1_000 < requestLimits.bodyMs ? `early: ${outcome}` : outcome;
}
