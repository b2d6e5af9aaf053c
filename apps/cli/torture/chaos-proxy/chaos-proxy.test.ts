import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { paceWeights } from './fates.ts';
import { run } from './index.ts';
import { pumpWith } from './pump.ts';

test('[L1] [L2] [L7] nothing is lost, doubled or out of order over lines that cut, split, stall and repeat', async () => {
  const figures = await run({ sends: 600, clients: 1, seed: 7 });
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
}, 360_000);

/** Both ends of one TCP connection. */
async function pair(): Promise<[Socket, Socket]> {
  const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  server.close();
  return [near, far];
}

async function carry(pace: keyof typeof paceWeights, sent: Buffer, cutAfterBytes: number): Promise<Buffer> {
  const [speaker, from] = await pair();
  const [to, hearer] = await pair();
  speaker.end(sent);
  const heard: Buffer[] = [];
  hearer.on('data', (chunk: Buffer) => heard.push(chunk));
  const ended = once(hearer, 'end');
  await pumpWith(from, [to], { pace, random: () => 0.01, bytesLeft: { count: cutAfterBytes } });
  to.end();
  await ended;
  return Buffer.concat(heard);
}

const sent = Buffer.from('0123456789'.repeat(300));

test.each(Object.keys(paceWeights) as (keyof typeof paceWeights)[])('a %s line changes no byte', async (pace) => {
  expect(await carry(pace, sent, Number.POSITIVE_INFINITY)).toEqual(sent);
});

test('a line is cut at the byte that was drawn', async () => {
  expect(await carry('split', sent, 1_234)).toEqual(sent.subarray(0, 1_234));
});
