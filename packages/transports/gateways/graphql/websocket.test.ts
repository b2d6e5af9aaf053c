import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bob, ownOrigin, roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { RawSocket } from './testing/raw-socket.ts';

const limits = { initMs: 300, subscriptions: 3, operations: 5, operationIdChars: 16, messagesBeforeSignIn: 5 };
let gateway: OpenGateway;
const clients: RawSocket[] = [];
beforeAll(async () => {
  gateway = await OpenGateway.open({ limits: { ...limits, messageBytes: 20_000 } });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => gateway.close());

async function opened(options?: Parameters<typeof RawSocket.open>[1]): Promise<RawSocket> {
  const client = await RawSocket.open(gateway.url, options);
  clients.push(client);
  return client;
}

async function signedIn(token = gateway.signIn()): Promise<RawSocket> {
  const client = await RawSocket.signedIn(gateway.url, token);
  clients.push(client);
  return client;
}

const init = { type: 'connection_init' };
const listen = 'subscription ($room: String!) { messages(room: $room) { text } }';
const show = '{ instanceShow { name } }';
const post = (text: string) => `mutation { messagePost(room: "${roomId(1)}", clientId: "c", text: "${text}") { seq } }`;
const subscription = (client: RawSocket, id = '1') => client.subscribe(id, listen, { room: roomId(1) });

/** Subscribes and waits until it is heard. */
async function listening(client: RawSocket, id = '1'): Promise<void> {
  subscription(client, id);
  await until(() => {
    gateway.post(1, 'knock');
    return client.all('next', id).length > 0 || client.closed !== null;
  });
}

describe('connecting', () => {
  test.each([
    ['the subprotocol', 'graphql-transport-ws', 'graphql-transport-ws'],
    ['one that it knows among others', ['graphql-ws', 'graphql-transport-ws'], 'graphql-transport-ws'],
  ])('with %s agrees on it', async (_, protocol, agreed) => {
    expect((await opened({ protocol })).socket.protocol).toBe(agreed);
  });

  test('without the subprotocol closes with 4406', async () => {
    expect(await (await opened({ protocol: [] })).ends()).toMatchObject({ code: 4406 });
  });

  test.each([
    ['with the old subprotocol alone gets no answer that fits', { protocol: 'graphql-ws' }],
    ['from a foreign page is refused', { headers: { origin: 'http://evil.example' } }],
    ['with a cookie and no page is refused', { headers: { cookie: 'session=x' } }],
  ])('%s', async (_, options) => {
    const client = await opened(options);
    await until(() => client.closed !== null || client.refused !== null);
    expect(client.refused ?? client.closed?.code).not.toBe(101);
    expect(client.heard).toEqual([]);
  });

  test('to an address below it is refused', async () => {
    const client = await RawSocket.open(`${gateway.url}/graphql`);
    await until(() => client.refused !== null);
    expect(client.refused).toBe(404);
  });

  test('[H2] without connection_init in time closes with 4408', async () => {
    expect(await (await opened()).ends()).toMatchObject({ code: 4408 });
  });
});

describe('signing in', () => {
  const withToken: [string, (token: string) => object | undefined][] = [
    ['token', (token) => ({ token })],
    ['authorization', (token) => ({ authorization: `Bearer ${token}` })],
    ['Authorization', (token) => ({ Authorization: `bearer ${token}` })],
  ];
  test.each(withToken)('[H4] with %s in the payload is acknowledged', async (_, payload) => {
    const client = await opened();
    client.send({ ...init, payload: payload(gateway.signIn()) });
    expect(await client.hears('connection_ack')).toMatchObject({ payload: { user: expect.any(String) } });
  });

  test.each([
    ['the header', (token: string) => ({ authorization: `Bearer ${token}` })],
    ['the cookie of an own page', (token: string) => ({ cookie: `session=${token}`, origin: ownOrigin })],
  ])('[H4] with %s needs no payload', async (_, headers) => {
    const client = await opened({ headers: headers(gateway.signIn()) });
    client.send(init);
    expect((await client.hears('connection_ack')).type).toBe('connection_ack');
  });

  test.each([
    ['no payload', undefined],
    ['an empty payload', {}],
    ['an unknown token', { token: 'no-such-token-is-known-here' }],
    ['a token that is none', { token: 7 }],
    ['a token with signs that none has', { token: 'a b'.repeat(20) }],
    ['an authorization that is none', { authorization: ['Bearer'] }],
    ['another scheme', { authorization: 'Basic bm90LWEtdG9rZW4tYXQtYWxs' }],
  ])('[H4] with %s closes with 4403 and the code', async (_, payload) => {
    const client = await opened();
    client.send({ ...init, ...(payload ? { payload } : {}) });
    expect(await client.ends()).toEqual({ code: 4403, reason: 'unauthenticated' });
    expect(client.heard).toEqual([]);
  });

  test('twice closes with 4429', async () => {
    const client = await signedIn();
    client.send(init);
    expect(await client.ends()).toMatchObject({ code: 4429 });
  });

  test('twice before the answer closes with 4429', async () => {
    const client = await opened();
    client.send({ ...init, payload: { token: gateway.signIn() } });
    client.send(init);
    expect(await client.ends()).toMatchObject({ code: 4429 });
  });

  test('[H1] is needed before a subscription: 4401', async () => {
    const client = await opened();
    subscription(client);
    expect(await client.ends()).toMatchObject({ code: 4401 });
  });

  test('[H1] is needed before a query: 4401', async () => {
    const client = await opened();
    client.subscribe('1', show);
    expect(await client.ends()).toMatchObject({ code: 4401 });
  });

  test('is not put off by many messages before it', async () => {
    const client = await opened();
    for (let count = 0; count <= limits.messagesBeforeSignIn; count += 1) client.send({ type: 'ping' });
    expect(await client.ends()).toEqual({ code: 4010, reason: 'flooding' });
  });
});

describe('a message that is none', () => {
  const wrong: [string, unknown][] = [
    ['no JSON', 'nonsense'],
    ['an empty text', ''],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no type', {}],
    ['a type that is no text', { type: 7 }],
    ['an unknown type', { type: 'start' }],
    ['a ping with a text as its payload', { type: 'ping', payload: 'x' }],
    ['a subscribe without an id', { type: 'subscribe', payload: { query: show } }],
    ['a subscribe with an empty id', { type: 'subscribe', id: '', payload: { query: show } }],
    ['a subscribe with a number as its id', { type: 'subscribe', id: 7, payload: { query: show } }],
    ['a subscribe without a payload', { type: 'subscribe', id: '1' }],
    ['a subscribe without a query', { type: 'subscribe', id: '1', payload: {} }],
    ['a subscribe with a query that is no text', { type: 'subscribe', id: '1', payload: { query: {} } }],
    [
      'a subscribe with variables that are none',
      { type: 'subscribe', id: '1', payload: { query: show, variables: 'x' } },
    ],
    ['a subscribe with a list of variables', { type: 'subscribe', id: '1', payload: { query: show, variables: [] } }],
    ['an operation name that is none', { type: 'subscribe', id: '1', payload: { query: show, operationName: 7 } }],
    ['extensions that are none', { type: 'subscribe', id: '1', payload: { query: show, extensions: 7 } }],
    ['a complete without an id', { type: 'complete' }],
    ['a list of messages', [{ type: 'ping' }, { type: 'ping' }]],
  ];
  test.each(wrong)('(%s) closes with 4400', async (_, message) => {
    const client = await signedIn();
    client.send(message);
    expect(await client.ends()).toMatchObject({ code: 4400 });
  });

  test('(bytes instead of text) closes with 4400', async () => {
    const client = await signedIn();
    client.socket.send(Buffer.from(JSON.stringify({ type: 'ping' })));
    expect(await client.ends()).toMatchObject({ code: 4400 });
  });

  test('[F6] (too large) closes with 1009', async () => {
    const client = await signedIn();
    client.subscribe('1', show, { text: 'x'.repeat(20_001) });
    expect(await client.ends()).toMatchObject({ code: 1009 });
  });

  test.each(['connection_ack', 'next', 'error'])('(%s, which only servers say) closes the connection', async (type) => {
    const client = await signedIn();
    client.send({ type, id: '1', payload: type === 'error' ? [{ message: '' }] : {} });
    expect(await client.ends()).toMatchObject({ code: 4400 });
  });
});

describe('signs of life', () => {
  test.each([
    ['without a payload', {}, { type: 'pong' }],
    ['with a payload', { payload: { a: [1] } }, { type: 'pong', payload: { a: [1] } }],
  ])('a ping %s is answered with it', async (_, extra, pong) => {
    const client = await signedIn();
    client.send({ type: 'ping', ...extra });
    expect(await client.hears('pong')).toEqual(pong);
  });

  test('a ping before signing in is answered', async () => {
    const client = await opened();
    client.send({ type: 'ping' });
    expect((await client.hears('pong')).type).toBe('pong');
  });

  test('a pong that nobody asked for is taken', async () => {
    const client = await signedIn();
    client.send({ type: 'pong' });
    await client.settled();
    expect(client.closed).toBeNull();
  });

  test('a WebSocket ping is answered', async () => {
    const client = await signedIn();
    client.socket.ping('x');
    await until(() => client.pongs > 0);
    expect(client.closed).toBeNull();
  });
});

describe('a query or mutation', () => {
  test('is answered once and completed', async () => {
    const client = await signedIn();
    client.subscribe('q', show);
    await client.hears('complete', 'q');
    expect(client.heard.slice(1)).toEqual([
      { type: 'next', id: 'q', payload: { data: { instanceShow: { name: 'Test' } } } },
      { type: 'complete', id: 'q' },
    ]);
  });

  test('[C4] that posts is answered with what was stored', async () => {
    const client = await signedIn();
    client.subscribe('m', post('hello'));
    expect(await client.hears('next', 'm')).toMatchObject({
      payload: { data: { messagePost: { seq: expect.any(Number) } } },
    });
  });

  test.each([
    ['text-empty', post('')],
    ['not-found', `mutation { roomLeave(room: "${roomId(3)}") }`],
    ['not-found', 'mutation { roomLeave(room: "room-3") }'],
    ['internal', post('broken')],
    ['invalid-params', 'mutation { accountSignIn(handle: "a", password: "b", deliver: cookie) { token } }'],
  ])('[X1] that is refused (%s) is answered with its code', async (code, query) => {
    const client = await signedIn();
    client.subscribe('m', query);
    const { payload } = await client.hears('next', 'm');
    expect(payload).toMatchObject({ errors: [{ extensions: { code, retry: expect.any(String) } }] });
    expect(JSON.stringify(payload)).not.toMatch(/non-nullable|stack/);
    await client.hears('complete', 'm');
  });

  const documents: [string, string, string][] = [
    ['malformed', 'a document that is none', '{'],
    ['malformed', 'an empty document', ''],
    ['invalid-params', 'a field that is not there', '{ nothing }'],
    ['invalid-params', 'an argument of another type', '{ roomShow(room: {}) { room { memberCount } } }'],
    ['invalid-params', 'a missing argument', '{ roomShow { room { memberCount } } }'],
    [
      'invalid-params',
      'two operations without a name',
      '{ connectionPing { serverTime } } { connectionPing { serverTime } }',
    ],
    ['limit-reached', 'one that is too deep', `{ ${'a { '.repeat(11)} b ${'} '.repeat(11)} }`],
  ];
  test.each(documents)('[X1] refused with %s (%s) is told as an error, and nothing more', async (code, _, query) => {
    const client = await signedIn();
    client.subscribe('e', query);
    const { payload } = await client.hears('error', 'e');
    expect((payload as { extensions: object }[])[0]).toMatchObject({ extensions: { code } });
    await client.settled();
    expect(client.all('complete', 'e')).toEqual([]);
    expect(client.all('next', 'e')).toEqual([]);
  });

  test('with a variable that does not fit is answered with an error', async () => {
    const client = await signedIn();
    client.subscribe('v', 'query ($room: ID!) { roomShow(room: $room) { room { memberCount } } }', { room: {} });
    expect(await client.hears('next', 'v')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'invalid-params' } }] },
    });
  });

  test('with an unknown operation name is told as an error', async () => {
    const client = await signedIn();
    client.send({
      type: 'subscribe',
      id: 'n',
      payload: { query: 'query A { connectionPing { serverTime } }', operationName: 'B' },
    });
    expect((await client.hears('error', 'n')).payload).toMatchObject([{ message: expect.any(String) }]);
  });

  test('may take an id again once it is over', async () => {
    const client = await signedIn();
    for (const count of [1, 2]) {
      client.subscribe('same', show);
      await client.hears('complete', 'same', count);
    }
    expect(client.all('next', 'same')).toHaveLength(2);
  });

  test('with an id that is too long is refused', async () => {
    const client = await signedIn();
    const id = 'x'.repeat(limits.operationIdChars + 1);
    client.subscribe(id, show);
    expect((await client.hears('error', id)).payload).toMatchObject([{ extensions: { code: 'limit-reached' } }]);
  });
});

describe('a subscription', () => {
  test('[L7] tells what is posted, in order and once', async () => {
    const client = await signedIn();
    await listening(client);
    for (const text of ['one', 'two', 'three']) gateway.post(1, text);
    await until(() => JSON.stringify(client.heard).includes('three'));
    const texts = client
      .all('next')
      .map(({ payload }) => (payload as { data: { messages: { text: string } } }).data.messages.text);
    expect(texts.filter((text) => text !== 'knock')).toEqual(['one', 'two', 'three']);
  });

  test('with the id of one that is open closes with 4409', async () => {
    const client = await signedIn();
    await listening(client);
    subscription(client);
    expect(await client.ends()).toMatchObject({ code: 4409 });
  });

  test('with the id of one that was completed is taken', async () => {
    const client = await signedIn();
    await listening(client);
    client.send({ type: 'complete', id: '1' });
    client.heard.length = 0;
    await client.settled();
    await listening(client);
    expect(client.closed).toBeNull();
  });

  test('that the client completes tells nothing more, and is not completed back', async () => {
    const client = await signedIn();
    await listening(client);
    client.send({ type: 'complete', id: '1' });
    await client.settled();
    const before = client.heard.length;
    gateway.post(1, 'after the end');
    await client.settled();
    expect(client.heard.slice(before)).toEqual([{ type: 'pong' }]);
  });

  test('that does not exist can be completed', async () => {
    const client = await signedIn();
    client.send({ type: 'complete', id: 'none' });
    await client.settled();
    expect(client.closed).toBeNull();
  });

  test('[L10] to a room of others tells not-found and completes', async () => {
    const client = await signedIn();
    client.subscribe('1', listen, { room: roomId(3) });
    expect(await client.hears('next')).toMatchObject({ payload: { errors: [{ extensions: { code: 'not-found' } }] } });
    await client.hears('complete', '1');
  });

  test('[L10] is completed with not-found when its room is no longer one’s to hear', async () => {
    const client = await signedIn(gateway.signIn(bob));
    client.subscribe('1', listen, { room: 'room-3' });
    await until(() => {
      gateway.post(3, 'knock');
      return client.all('next').length > 0;
    });
    gateway.removeFrom(3, bob);
    await client.hears('complete', '1');
    expect(client.all('next').at(-1)).toMatchObject({ payload: { errors: [{ extensions: { code: 'not-found' } }] } });
    gateway.addTo(3, bob);
  });

  test.each([
    ['no cursor', 'nonsense!'],
    ['a cursor of another room', 'AQA'],
  ])('[X1] after %s is refused', async (_, after) => {
    const client = await signedIn();
    client.subscribe('1', 'subscription ($after: String) { messages(room: "room-1", after: $after) { text } }', {
      after,
    });
    expect(await client.hears('next')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'invalid-params' } }] },
    });
  });

  test('[X1] beyond the bound is refused, and the others go on', async () => {
    const client = await signedIn();
    for (let count = 0; count < limits.subscriptions; count += 1) await listening(client, `s${count}`);
    subscription(client, 'more');
    expect(await client.hears('next', 'more')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'limit-reached' } }] },
    });
    gateway.post(1, 'still heard');
    await until(() => client.all('next', 's0').some(({ payload }) => JSON.stringify(payload).includes('still heard')));
  });

  test('[X1] of two fields at once is refused', async () => {
    const client = await signedIn();
    client.subscribe('1', 'subscription { messages(room: "room-1") { text } events { event } }');
    expect((await client.hears('error', '1')).payload).toMatchObject([{ extensions: { code: 'invalid-params' } }]);
  });
});

describe('the end', () => {
  test('[H8] of a session closes with 4401 and the reason, and nothing is heard after', async () => {
    const token = gateway.signIn();
    const client = await signedIn(token);
    await listening(client);
    const before = client.heard.length;
    gateway.signOut(token);
    gateway.post(1, 'not for them');
    expect(await client.ends()).toEqual({ code: 4401, reason: 'session-revoked' });
    expect(JSON.stringify(client.heard.slice(before))).not.toContain('not for them');
  });

  test.each([1000, 4499])('by the client with %i lets go of everything', async (code) => {
    const before = gateway.engine.stats().connections;
    const client = await signedIn();
    await listening(client);
    client.socket.close(code, 'Terminated');
    await client.ends();
    await until(() => gateway.engine.stats().connections === before);
  });

  test('[C3] of one that sends too fast comes with flooding, and others are not disturbed', async () => {
    const [client, other] = [await signedIn(), await signedIn()];
    for (let count = 0; count < 3_000; count += 1) client.send({ type: 'ping' });
    expect(await client.ends()).toEqual({ code: 4010, reason: 'flooding' });
    await other.settled();
    expect(other.closed).toBeNull();
  });

  test('nothing of all this was a bug, but the one that was asked for', () => {
    expect(gateway.reported.filter((what) => what !== 'a field could not be answered')).toEqual([]);
  });
});
