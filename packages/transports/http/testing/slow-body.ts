import { request } from 'node:http';
import type { FakeTime } from '@confab/engine/testing';
import { requestLimits } from '../limits.ts';
import { until } from './stream-client.ts';

/** Sends a body that trickles for as long as one may take. How it went: `cut`, or the status of an answer. */
export async function slowBody(time: FakeTime, url: string, headers: Record<string, string>): Promise<string> {
  let outcome = '';
  const sending = request(url, { method: 'POST', headers, agent: false }, ({ statusCode }) => {
    outcome = String(statusCode);
  });
  sending.on('error', () => {
    outcome = 'cut';
  });
  const waiting = time.waitingCount;
  sending.write('{');
  await until(() => time.waitingCount > waiting || outcome !== '');
  await time.advance(requestLimits.bodyMs - 1);
  sending.write(' ');
  await time.settle();
  if (outcome !== '') return `early: ${outcome}`;
  await time.advance(1);
  await until(() => outcome !== '');
  sending.destroy();
  return outcome;
}
