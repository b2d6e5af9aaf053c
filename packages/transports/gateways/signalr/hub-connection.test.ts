import { afterEach, describe, expect, test } from 'vitest';
import { ada, bob, ownOrigin } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { messagePackEncoding } from './hub/messagepack-encoding.ts';
import { records } from './testing/bounds.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { negotiate, RawClient } from './testing/raw-client.ts';

let gateway: OpenGateway;
afterEach(() => gateway?.close());

const closes = (client: RawClient) => client.received.filter(({ type }) => type === 7);
const gone = (client: RawClient) => until(() => client.closeCode !== undefined);

async function opened(limits = {}, engine = {}): Promise<{ client: RawClient; token: string }> {
  gateway = await OpenGateway.open({ limits, engine });
  const token = gateway.signIn(ada);
  const client = new RawClient(gateway, token);
  await client.opened();
  return { client, token };
}

describe('who comes to a connection', () => {
  test.each([
    ['without credentials', null, '', {}, 401],
    ['with an id that is not there', 'own', 'id=unknown', {}, 404],
    ['with a cursor that is none', 'own', 'cursor=no', {}, 400],
    ['from a foreign page', 'own', '', { origin: 'http://evil.example' }, 403],
    ['with a cookie and from no page', null, '', { cookie: 'own' }, 403],
  ])('%s is turned away', async (_, token, query, headers, status) => {
    gateway = await OpenGateway.open();
    const own = gateway.signIn(ada);
    const named = 'cookie' in headers ? { cookie: own } : headers;
    const client = new RawClient(gateway, token === null ? null : own, query, undefined, named);
    await client.opened();
    expect(client.status).toBe(status);
  });

  test('with the cookie of an allowed page is let in', async () => {
    gateway = await OpenGateway.open();
    const client = new RawClient(gateway, null, '', undefined, { cookie: gateway.signIn(ada), origin: ownOrigin });
    await client.opened();
    client.shakeHands();
    await until(() => client.handshake === '{}');
  });

  test('with other credentials than those that negotiated finds nothing, over any transport', async () => {
    gateway = await OpenGateway.open();
    const [own, other] = [gateway.signIn(ada), gateway.signIn(bob)];
    const { body } = await negotiate(gateway, own);
    const query = `id=${body.connectionToken}`;
    const client = new RawClient(gateway, other, query);
    await client.opened();
    expect(client.status).toBe(404);
    for (const method of ['GET', 'POST', 'DELETE']) {
      const response = await fetch(`${gateway.url}?${query}`, {
        method,
        headers: { authorization: `Bearer ${other}` },
      });
      expect(response.status).toBe(404);
    }
    expect((await RawClient.enter(gateway, own, query)).handshake).toBe('{}');
  });

  test('that has a WebSocket already is told so', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const { body } = await negotiate(gateway, token);
    const query = `id=${body.connectionToken}`;
    const first = await RawClient.enter(gateway, token, query);
    const second = new RawClient(gateway, token, query);
    await second.opened();
    expect(second.status).toBe(409);
    for (const [method, status] of [
      ['GET', 409],
      ['POST', 405],
      ['DELETE', 400],
    ] as const) {
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${gateway.url}?${query}`, { method, headers })).status).toBe(status);
    }
    expect(await first.call('Leave', 'room-1')).toMatchObject({ result: null });
  });
});

describe('the handshake of a connection', () => {
  test.each([
    ['of an unknown protocol', records({ protocol: 'xml', version: 1 }), "The protocol 'xml' is not supported."],
    ['that is no handshake', records({ type: 6 }), 'malformed'],
    ['that is not ended', Buffer.from('{'), 'malformed'],
    ['with too much behind it', records({ protocol: 'json', version: 1 }, 'x'.repeat(200)), 'frame-too-large'],
  ])('%s is refused, and the connection ends', async (_, bytes, error) => {
    const { client } = await opened({ bytesBeforeOpen: 100 });
    client.write(bytes);
    await gone(client);
    expect(JSON.parse(client.handshake ?? '')).toEqual({ error });
  });

  test('of somebody who is not signed in any more says why', async () => {
    const { client, token } = await opened();
    gateway.signOut(token);
    client.shakeHands();
    await gone(client);
    expect(client.handshake).toBe('{"error":"unauthenticated: Sign in first."}');
  });

  test('that does not come in time ends the connection', async () => {
    const { client } = await opened({ handshakeMs: 5_000 });
    await gateway.time.advance(4_000);
    expect(client.closeCode).toBeUndefined();
    await gateway.time.advance(2_000);
    await gone(client);
    expect(JSON.parse(client.handshake ?? '')).toEqual({ error: 'Handshake was canceled.' });
  });

  test('may have messages behind it, which are heard in their order', async () => {
    const { client } = await opened();
    const call = (text: string) => ({ type: 1, invocationId: text, target: 'Send', arguments: ['room-1', text] });
    client.write(records({ protocol: 'json', version: 1 }, call('a'), call('b')));
    client.write(records(call('c')));
    await client.completion('c');
    const completed = client.received.filter(({ type }) => type === 3);
    expect(completed.map((each) => 'invocationId' in each && each.invocationId)).toEqual(['a', 'b', 'c']);
  });

  test('that is cut off in the middle of being let in leaves nothing behind', async () => {
    const { client } = await opened();
    const held: (() => void)[] = [];
    gateway.domain.hold = (question) =>
      question === 'authenticate' ? new Promise<void>((resolve) => void held.push(resolve)) : undefined;
    client.shakeHands();
    await until(() => held.length === 1);
    expect(gateway.engine.stats().connections).toBe(1);
    client.webSocket.terminate();
    await until(() => client.closeCode !== undefined);
    for (const letIn of held) letIn();
    await until(() => gateway.engine.stats().connections === 0);
  });
});

describe('an open connection', () => {
  test.each([
    ['is not JSON', '{\u001e', 'malformed', 4002],
    ['is not ended', '{"type":6}', 'malformed', 4002],
    ['is a call of nothing', '{"type":1}\u001e', 'malformed', 4002],
    ['is too large', `"${'x'.repeat(1_000)}"\u001e`, 'frame-too-large', 1009],
  ])('ends with a close message when what it is sent %s', async (_, text, reason, code) => {
    gateway = await OpenGateway.open({ limits: { messageBytes: 500 } });
    const client = await RawClient.enter(gateway, gateway.signIn(ada));
    const other = await RawClient.enter(gateway, gateway.signIn(bob));
    client.write(text);
    await gone(client);
    expect(closes(client)).toEqual([{ type: 7, error: reason }]);
    expect(client.closeCode).toBe(code);
    expect(await other.call('Send', 'room-1', 'still here')).toMatchObject({ result: { id: 'm-still here' } });
  });

  test('ends when a transport message is larger than any may be', async () => {
    gateway = await OpenGateway.open({ limits: { transferBytes: 1_000 } });
    const client = await RawClient.enter(gateway, gateway.signIn(ada));
    client.write(Buffer.alloc(1_001, ' '));
    await gone(client);
    expect(client.closeCode).toBe(1009);
    await until(() => gateway.engine.stats().connections === 0);
  });

  test('is told on the wire whether coming back makes sense', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const client = await RawClient.enter(gateway, token);
    const drained = gateway.engine.drain();
    await gateway.time.advance(10_000);
    await drained;
    await until(() => closes(client).length > 0);
    expect(closes(client)).toEqual([{ type: 7, error: 'draining', allowReconnect: true }]);
  });

  test('[H8] hears nothing more from the moment of signing out', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const client = await RawClient.enter(gateway, token);
    await client.call('Join', 'room-1');
    gateway.post(1, 'heard');
    await until(() => client.texts.length > 0);
    gateway.signOut(token);
    gateway.post(1, 'not heard');
    await gone(client);
    expect(client.texts).toEqual(['heard']);
    expect([closes(client), client.closeCode]).toEqual([[{ type: 7, error: 'session-revoked' }], 4005]);
  });

  test('says goodbye by a close message, and is gone', async () => {
    gateway = await OpenGateway.open();
    const client = await RawClient.enter(gateway, gateway.signIn(ada));
    client.send({ type: 7 });
    await gone(client);
    expect(client.closeCode).toBe(1000);
    await until(() => gateway.engine.stats().connections === 0);
  });

  test('is pinged when it is sent nothing else, and is not for long dead without a word', async () => {
    gateway = await OpenGateway.open({ limits: { closeTimeoutMs: 50 }, engine: { heartbeatTimeoutMs: 45_000 } });
    const client = await RawClient.enter(gateway, gateway.signIn(ada));
    // A client that does not answer below the hub protocol either.
    client.webSocket.pause();
    await gateway.time.advance(16_000);
    client.webSocket.resume();
    await until(() => client.received.some(({ type }) => type === 6));
    client.webSocket.pause();
    await gateway.time.advance(60_000);
    await until(() => gateway.engine.stats().connections === 0);
  });

  test('is kept by its pings, in MessagePack as well', async () => {
    gateway = await OpenGateway.open();
    const client = await RawClient.enter(gateway, gateway.signIn(ada), '', messagePackEncoding);
    for (let minute = 0; minute < 8; minute += 1) {
      client.send({ type: 6 });
      expect(await client.call('Nothing')).toMatchObject({ error: "Unknown hub method 'Nothing'" });
      await gateway.time.advance(15_000);
    }
    expect(client.closeCode).toBeUndefined();
  });

  test('that calls and calls without reading what it is answered is cut off, and nobody else is', async () => {
    gateway = await OpenGateway.open({ limits: { unsentBytes: 200_000, closeTimeoutMs: 50 } });
    const client = await RawClient.enter(gateway, gateway.signIn(ada));
    const other = await RawClient.enter(gateway, gateway.signIn(bob));
    client.webSocket.pause();
    const target = 'x'.repeat(200);
    const calls = records(
      ...Array.from({ length: 200 }, () => ({ type: 1, invocationId: '1', target, arguments: [] })),
    );
    for (let count = 0; client.webSocket.readyState === 1 && count < 500; count += 1) {
      client.write(calls);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => gateway.engine.stats().connections === 1);
    expect(await other.call('Send', 'room-1', 'still here')).toMatchObject({ result: { id: 'm-still here' } });
  });
});
