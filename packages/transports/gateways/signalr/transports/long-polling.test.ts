import { afterEach, describe, expect, test } from 'vitest';
import { ada } from '../../../testing/test-world.ts';
import { until } from '../../../testing/until.ts';
import type { HubEncoding } from '../hub/encoding.ts';
import { jsonEncoding } from '../hub/json-encoding.ts';
import type { HubMessage } from '../hub/message.ts';
import { messagePackEncoding } from '../hub/messagepack-encoding.ts';
import { OpenGateway } from '../testing/open-gateway.ts';
import { RequestClient } from '../testing/request-client.ts';

let gateway: OpenGateway;
afterEach(() => gateway?.close());

async function entered(bounds = {}, encoding: HubEncoding = jsonEncoding) {
  gateway = await OpenGateway.open(bounds);
  const token = gateway.signIn(ada);
  const client = await (await RequestClient.negotiated(gateway, token, encoding)).openPolling();
  return { client, token };
}

async function joined(bounds = {}, encoding: HubEncoding = jsonEncoding) {
  const { client, token } = await entered(bounds, encoding);
  await client.send({ type: 1, target: 'Join', arguments: ['room-1'], invocationId: 'join' });
  expect((await client.poll()).messages).toMatchObject([{ type: 3, invocationId: 'join' }]);
  return { client, token };
}

const texts = (messages: readonly HubMessage[]) =>
  messages.flatMap((each) => (each.type === 1 ? [(each.arguments[0] as { text: string }).text] : []));

describe.each([jsonEncoding, messagePackEncoding])(
  'a connection over long polling, with the $name encoding',
  (encoding) => {
    test('answers the first poll at once and empty, and later ones when there is something', async () => {
      gateway = await OpenGateway.open();
      const client = await RequestClient.negotiated(gateway, gateway.signIn(ada), encoding);
      expect(await client.poll()).toEqual({ status: 200, messages: [] });
      const waiting = client.get();
      expect(await client.shakeHands()).toBe(200);
      await waiting.done();
      expect(String(waiting.body)).toBe('{}\u001e');
      expect(waiting.response?.headers['cache-control']).toBe('no-cache, no-store');
      const next = client.get();
      await client.send({ type: 1, target: 'Join', arguments: ['room-1'], invocationId: '1' });
      await next.done();
      expect(next.response?.headers['content-type']).toBe(
        encoding.binary ? 'application/octet-stream' : 'text/plain; charset=utf-8',
      );
      for (const text of ['a', 'b']) gateway.post(1, text);
      await gateway.time.settle();
      // What came while nobody polled was kept.
      expect(texts((await client.poll()).messages)).toEqual(['a', 'b']);
    });
  },
);

describe('a connection over long polling', () => {
  test('answers an empty poll after a while', async () => {
    const { client } = await joined({ limits: { pollMs: 10_000 } });
    const poll = client.get();
    await until(() => gateway.engine.stats().connections === 1);
    await gateway.time.settle();
    // The server has the poll when it answers another one with the first's end.
    const second = client.get();
    await poll.done();
    expect([poll.status, poll.body.length]).toEqual([204, 0]);
    await gateway.time.advance(12_000);
    await second.done();
    expect([second.status, second.body.length]).toEqual([200, 0]);
  });

  test('[H5] lives by its polls, and dies without them', async () => {
    const { client } = await joined();
    for (let count = 0; count < 6; count += 1) {
      const poll = client.get();
      await gateway.time.settle();
      await gateway.time.advance(21_000);
      await poll.done();
      expect(poll.status).toBe(200);
    }
    await gateway.time.advance(60_000);
    await until(() => gateway.engine.stats().connections === 0);
    // The last word is kept for a moment only.
    await gateway.time.advance(10_000);
    expect((await client.poll()).status).toBe(404);
  });

  test('[S1] counts what nobody has fetched as unsent: it becomes lagging, and then is given all of it from the log', async () => {
    const { client } = await joined({ engine: { softQueueBytes: 20_000 } });
    const text = 'x'.repeat(1_000);
    for (let index = 0; index < 100; index += 1) {
      gateway.post(1, `${index} ${text}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(gateway.engine.stats().lagging).toBe(1);
    const seen: string[] = [];
    while (seen.length < 100) seen.push(...texts((await client.poll()).messages));
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => `${index} ${text}`));
  });

  test('[S2] ends when it does not fetch anything for too long', async () => {
    const { client } = await joined({ engine: { softQueueBytes: 5_000, laggingMs: 20_000 } });
    for (let index = 0; index < 20; index += 1) {
      gateway.post(1, 'x'.repeat(1_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    // It posts, so it is there; it does not read.
    for (let count = 0; count < 3; count += 1) {
      await client.send({ type: 6 });
      await gateway.time.advance(10_000);
    }
    await until(() => gateway.engine.stats().connections === 0);
  });

  test('gives so many bytes in one answer, in whole messages, and the rest in the next', async () => {
    const { client } = await joined({ limits: { pollBytes: 9_000 } });
    for (const text of ['a', 'b', 'c']) {
      gateway.post(1, `${text}${'x'.repeat(1_300)}`);
      await gateway.time.settle();
    }
    const [first, second] = [await client.poll(), await client.poll()];
    expect([texts(first.messages).length, texts(second.messages).length]).toEqual([2, 1]);
  });

  test('is ended by DELETE, which also ends the poll', async () => {
    const { client } = await joined();
    const poll = client.get();
    await gateway.time.settle();
    expect(await client.end()).toBe(202);
    await poll.done();
    expect(gateway.engine.stats().connections).toBe(0);
    expect((await client.poll()).status).toBe(404);
    expect(await client.end()).toBe(404);
    expect(await client.send({ type: 6 })).toBe(404);
  });

  test('[H8] says its last words to the poll that waits, and ends', async () => {
    const { client, token } = await joined();
    const poll = client.poll();
    await gateway.time.settle();
    gateway.signOut(token);
    gateway.post(1, 'not heard');
    expect((await poll).messages).toEqual([{ type: 7, error: 'session-revoked' }]);
    expect((await client.poll()).status).toBe(404);
  });

  test('is over when an answer with messages was lost on its way, for nobody could give them again', async () => {
    const { client } = await joined({
      engine: { softQueueBytes: 50_000_000, hardQueueBytes: 100_000_000 },
      limits: { pollBytes: 50_000_000, unsentBytes: 100_000_000 },
    });
    for (let index = 0; index < 20; index += 1) gateway.post(1, 'x'.repeat(1_000_000));
    await gateway.time.settle();
    const poll = client.get();
    await until(() => poll.response !== null);
    poll.response?.pause();
    poll.request.destroy();
    await until(() => gateway.engine.stats().connections === 0);
    expect((await client.poll()).status).toBe(404);
  });

  test('goes on when a poll that waited was given up', async () => {
    const { client } = await joined();
    const before = gateway.sockets;
    const poll = client.get();
    await until(() => gateway.sockets > before);
    await gateway.time.settle();
    poll.request.destroy();
    await until(() => gateway.sockets === before);
    gateway.post(1, 'still there');
    expect(texts((await client.poll()).messages)).toEqual(['still there']);
  });
});
