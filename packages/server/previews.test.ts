import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientId, Preview } from '@confab/protocol';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { parseRange } from './outgoing/public-address.ts';
import { type OpenServer, openServer, setUpOwner } from './testing/open-server.ts';

const here = '127.0.0.9';
let asked = 0;
const answer: RequestListener = ({ url }, response) => {
  asked += 1;
  response
    .setHeader('content-type', 'text/html')
    .end(`<title>Page ${url}</title><meta name="description" content="Words">`);
};
const site = createServer(answer);
let base: string;
const open: OpenServer[] = [];

beforeAll(async () => {
  await new Promise<void>((listening) => site.listen(0, here, listening));
  base = `http://${here}:${(site.address() as AddressInfo).port}`;
});
afterAll(() => site.close());
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function served(config: Parameters<typeof openServer>[0]) {
  let left: () => Promise<number> = async () => 0;
  const server = await openServer(config, {
    onChat: ({ jobs }) => {
      left = async () => (await jobs.due(['previews'])).due.length;
    },
  });
  open.push(server);
  const { room, token } = await setUpOwner(server);
  /** Resolves when the message's links have been looked at. */
  const post = async (text: string): Promise<Preview[] | undefined> => {
    const { id: message } = await server.ask('message.post', { room, clientId: 'one' as ClientId, text }, token);
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 10_000 });
    return (await server.ask('message.show', { message }, token)).message.previews;
  };
  return { post };
}

const allowed = [parseRange(here)].filter((range) => range !== undefined);

it('shows what a linked page says of itself', async () => {
  const { post } = await served({ outgoingAllow: allowed });
  const previews = [{ url: `${base}/one`, title: 'Page /one', description: 'Words' }];
  expect(await post(`look: ${base}/one.`)).toEqual(previews);
});

it.each([
  ['inside, when the operator allowed nothing there', {}],
  ['at all, when previews are switched off', { previews: false, outgoingAllow: allowed }],
])('asks for nothing %s', async (_when, config) => {
  asked = 0;
  const { post } = await served(config);
  expect(await post(`${base}/two`)).toBeUndefined();
  expect(asked).toBe(0);
});
