import { afterEach, describe, expect, test } from 'vitest';
import { slowBody } from '../../../http/testing/slow-body.ts';
import { ada, bob, ownOrigin } from '../../../testing/test-world.ts';
import { until } from '../../../testing/until.ts';
import { records } from '../testing/bounds.ts';
import { OpenGateway } from '../testing/open-gateway.ts';
import { messagesOf, type OpenRequest, RequestClient } from '../testing/request-client.ts';

let gateway: OpenGateway;
afterEach(() => gateway?.close());

async function entered(bounds = {}): Promise<{ client: RequestClient; stream: OpenRequest; token: string }> {
  gateway = await OpenGateway.open(bounds);
  const token = gateway.signIn(ada);
  const client = await RequestClient.negotiated(gateway, token);
  const stream = client.stream();
  await until(() => stream.status !== 0);
  expect(await client.shakeHands()).toBe(200);
  await until(() => String(stream.body).includes('data: {}\u001e'));
  return { client, stream, token };
}

const join = { type: 1, target: 'Join', arguments: ['room-1'], invocationId: 'join' } as const;

describe('a connection over Server-Sent Events', () => {
  test('is a stream that nobody keeps or holds back, whose events are hub messages', async () => {
    const { client, stream } = await entered();
    expect(stream.response?.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(await client.send(join)).toBe(200);
    await until(() => messagesOf(stream).length === 1);
    gateway.post(1, 'line\nfeed');
    await until(() => messagesOf(stream).length === 2);
    expect(messagesOf(stream)).toMatchObject([
      { type: 3, invocationId: 'join' },
      { type: 1, target: 'message', arguments: [{ text: 'line\nfeed' }] },
    ]);
    // One line each: what an event source takes apart at line feeds stays whole.
    expect(String(stream.body).replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('takes text only', async () => {
    gateway = await OpenGateway.open();
    const client = await RequestClient.negotiated(gateway, gateway.signIn(ada));
    const stream = client.stream();
    await until(() => stream.status === 200);
    await client.post(records({ protocol: 'messagepack', version: 1 }));
    await stream.done();
    expect(String(stream.body)).toContain("Cannot use the 'messagepack' protocol on the current transport.");
  });

  test('has one stream, and does not become a poll', async () => {
    const { client } = await entered();
    expect((await client.stream().done()).status).toBe(409);
    expect((await client.get().done()).status).toBe(409);
    expect(await client.end()).toBe(400);
  });

  test('is refused to foreign pages, and open to the own page with its cookie', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const client = await RequestClient.negotiated(gateway, token);
    const accept = 'text/event-stream';
    expect((await client.get({ accept, origin: 'http://evil.example' }).done()).status).toBe(403);
    expect((await client.get({ accept, cookie: 'any', 'sec-fetch-site': 'cross-site' }).done()).status).toBe(403);
    const own = client.get({ accept, cookie: 'any', 'sec-fetch-site': 'same-origin', origin: ownOrigin });
    await until(() => own.status === 200);
    expect(own.response?.headers['access-control-allow-origin']).toBe(ownOrigin);
  });

  test('takes the token of the query, as an event source has to give it', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const client = await RequestClient.negotiated(gateway, token);
    const response = await fetch(`${client.url}&access_token=${token}`, { headers: { accept: 'text/event-stream' } });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  test('ends with its stream', async () => {
    const { client, stream } = await entered();
    stream.request.destroy();
    await until(() => gateway.engine.stats().connections === 0);
    expect(await client.send({ type: 6 })).toBe(404);
  });

  test('ends with a close message when its client breaks the rules, or posts too much', async () => {
    const { client, stream } = await entered();
    await client.post('{');
    await stream.done();
    expect(messagesOf(stream)).toEqual([{ type: 7, error: 'malformed' }]);
    await gateway.close();
    const large = await entered({ limits: { transferBytes: 1_000 } });
    expect(await large.client.post('x'.repeat(1_001))).toBe(413);
    await large.stream.done();
    expect(messagesOf(large.stream)).toEqual([{ type: 7, error: 'frame-too-large' }]);
  });

  test('[H5] is pinged when nothing else is sent, and lives as long as it takes what it is sent', async () => {
    const { stream } = await entered();
    for (let count = 0; count < 8; count += 1) await gateway.time.advance(15_000);
    await until(() => messagesOf(stream).filter(({ type }) => type === 6).length >= 8);
    expect(stream.ended).toBe(false);
  });

  test('[S1] that does not read is sent nothing more, and everything when it reads again', async () => {
    const { client, stream } = await entered({ engine: { softQueueBytes: 20_000, hardQueueBytes: 100_000_000 } });
    await client.send(join);
    await until(() => messagesOf(stream).length === 1);
    stream.response?.pause();
    const text = 'x'.repeat(10_000);
    for (let index = 0; index < 300; index += 1) {
      gateway.post(1, `${index} ${text}`);
      if (index % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    gateway.post(1, 'the end');
    for (let count = 0; count < 5; count += 1) await gateway.time.advance(1_000);
    const { lagging, maxBytesQueued } = gateway.engine.stats();
    expect([lagging, maxBytesQueued < 300_000]).toEqual([1, true]);
    stream.response?.resume();
    while (!stream.body.includes('the end')) await gateway.time.advance(100);
    const messages = messagesOf(stream).filter(({ type }) => type === 1) as unknown as {
      arguments: [{ seq: number }];
    }[];
    expect(messages.map((message) => message.arguments[0].seq)).toEqual(
      Array.from({ length: 301 }, (_, index) => index + 1),
    );
  });

  test('gives a message up that trickles in, and goes on', async () => {
    const { client, stream, token } = await entered();
    expect(await slowBody(gateway.time, client.url, { authorization: `Bearer ${token}` })).toBe('cut');
    await client.send(join);
    await until(() => messagesOf(stream).some(({ type }) => type === 3));
  });

  test('[H8] ends at once when its session does', async () => {
    const { client, stream, token } = await entered();
    await client.send(join);
    await until(() => messagesOf(stream).length === 1);
    gateway.signOut(token);
    gateway.post(1, 'not heard');
    await stream.done();
    expect(messagesOf(stream).slice(1)).toEqual([{ type: 7, error: 'session-revoked' }]);
    expect((await RequestClient.negotiated(gateway, gateway.signIn(bob))).url).toBeTruthy();
  });
});
