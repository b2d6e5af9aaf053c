import { afterEach, describe, expect, test } from 'vitest';
import { ada, bob, ownOrigin } from '../../testing/test-world.ts';
import { negotiationAnswer, newConnectionNames, readNegotiation } from './negotiation.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { negotiate, RawClient } from './testing/raw-client.ts';

let gateway: OpenGateway;
afterEach(() => gateway?.close());

describe('what a client negotiates', () => {
  test.each([
    ['', { version: 0, mayResume: false }],
    ['negotiateVersion=0', { version: 0, mayResume: false }],
    ['negotiateVersion=1', { version: 1, mayResume: false }],
    ['negotiateVersion=7', { version: 1, mayResume: false }],
    ['negotiateVersion=1&useStatefulReconnect=true', { version: 1, mayResume: true }],
    ['negotiateVersion=1&useStatefulReconnect=1', { version: 1, mayResume: false }],
    ['negotiateVersion=x', undefined],
    ['negotiateVersion=-1', undefined],
    ['negotiateVersion=', undefined],
  ])('%j', (query, asked) => {
    expect(readNegotiation(new URLSearchParams(query))).toEqual(asked);
  });

  test('is answered with secrets that nobody guesses, and never the same', () => {
    const [one, two] = [newConnectionNames('thisnode'), newConnectionNames('thisnode')];
    expect(new Set([one.id, one.connectionToken, two.id, two.connectionToken]).size).toBe(4);
    const [node, secret = ''] = one.connectionToken.split('.');
    expect(node).toBe('thisnode');
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  });

  test('in version 0 has one name only, the secret one', () => {
    const names = { id: 'shown', connectionToken: 'secret' };
    const answer = JSON.parse(negotiationAnswer(names, { version: 0, mayResume: false }));
    expect(answer).toMatchObject({ negotiateVersion: 0, connectionId: 'secret' });
    expect(answer).not.toHaveProperty('connectionToken');
  });
});

describe('negotiation', () => {
  test('names all transports, and promises a resumption only to who asked', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const { status, body, headers } = await negotiate(gateway, token);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      negotiateVersion: 1,
      connectionId: expect.stringMatching(/^[\w-]{43}$/),
      connectionToken: expect.stringMatching(/^thisnode\.[\w-]{43}$/),
      availableTransports: [
        { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
        { transport: 'ServerSentEvents', transferFormats: ['Text'] },
        { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
      ],
    });
    const asked = await negotiate(gateway, token, 'negotiateVersion=1&useStatefulReconnect=true');
    expect(asked.body.useStatefulReconnect).toBe(true);
  });

  test.each([
    ['nobody', null, '', 401, 'unauthenticated'],
    ['a token that is none', 'x'.repeat(24), '', 401, 'unauthenticated'],
    ['a version that is no number', undefined, 'negotiateVersion=x', 400, 'malformed'],
    ['a cursor that is none', undefined, 'negotiateVersion=1&cursor=no', 400, 'invalid-params'],
  ])('refuses %s', async (_, token, query, status, code) => {
    gateway = await OpenGateway.open();
    const answer = await negotiate(gateway, token === undefined ? gateway.signIn(ada) : token, query);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
  });

  test('takes the token of the query, which counts before the cookie but not before the header', async () => {
    gateway = await OpenGateway.open();
    const [own, other] = [gateway.signIn(ada), gateway.signIn(bob)];
    const query = `negotiateVersion=1&access_token=${own}`;
    const { status, body } = await negotiate(gateway, null, query, { cookie: other });
    expect(status).toBe(200);
    const client = await RawClient.enter(gateway, own, `id=${body.connectionToken}`);
    expect(client.handshake).toBe('{}');
    expect((await negotiate(gateway, own, 'access_token=nobody')).status).toBe(200);
    expect((await negotiate(gateway, null, 'access_token=not+a+token')).status).toBe(401);
  });

  test.each([
    ['GET', '/negotiate', 405],
    ['PUT', '', 405],
    ['POST', '/else', 404],
    ['POST', '', 400],
    ['GET', '', 400],
    ['DELETE', '', 400],
    ['POST', '?id=unknown', 404],
    ['GET', '?id=unknown', 404],
    ['DELETE', '?id=unknown', 404],
  ])('%s %s is answered with %i', async (method, path, status) => {
    gateway = await OpenGateway.open();
    const response = await fetch(`${gateway.url}${path}`, { method });
    expect(response.status).toBe(status);
  });

  test('tells pages that may read its answers, and no others', async () => {
    gateway = await OpenGateway.open();
    const ask = (origin: string) => fetch(`${gateway.url}/negotiate`, { method: 'OPTIONS', headers: { origin } });
    const own = await ask(ownOrigin);
    expect(own.status).toBe(204);
    expect(own.headers.get('access-control-allow-origin')).toBe(ownOrigin);
    expect(own.headers.get('access-control-allow-headers')).toContain('x-signalr-user-agent');
    expect((await ask('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('lets only so many connections of one session wait, and only so many in all', async () => {
    gateway = await OpenGateway.open({ limits: { waiting: 4, waitingPerToken: 2 } });
    const [one, two, three] = [gateway.signIn(ada), gateway.signIn(ada), gateway.signIn(bob)];
    const statuses: number[] = [];
    for (const token of [one, one, one, two, three, three]) statuses.push((await negotiate(gateway, token)).status);
    expect(statuses).toEqual([200, 200, 503, 200, 200, 503]);
    // Those that nobody came for make room.
    await gateway.time.advance(20_000);
    expect((await negotiate(gateway, one)).status).toBe(200);
  });

  test('lets a connection that began wait no more', async () => {
    gateway = await OpenGateway.open({ limits: { waitingPerToken: 1 } });
    const token = gateway.signIn(ada);
    const { body } = await negotiate(gateway, token);
    expect((await negotiate(gateway, token)).status).toBe(503);
    await RawClient.enter(gateway, token, `id=${body.connectionToken}`);
    expect((await negotiate(gateway, token)).status).toBe(200);
  });

  test('turns everyone away when the server goes down', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const drained = gateway.engine.drain();
    const { status, body } = await negotiate(gateway, token);
    expect([status, body.error?.code]).toEqual([503, 'draining']);
    const client = new RawClient(gateway, token);
    await client.opened();
    expect(client.status).toBe(503);
    await drained;
  });
});
