import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slowBody } from '../../http/testing/slow-body.ts';
import { ada, ownOrigin } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { ask, RawPoller, RawSocket, separator } from './testing/raw-clients.ts';

/** Engine.IO's protocol, version 4, request by request: https://socket.io/docs/v4/engine-io-protocol/ */

let gateway: OpenGateway;
let token: string;
beforeAll(async () => {
  gateway = await OpenGateway.open({ limits: { frameBytes: 4_096, closingMs: 50 } });
  token = gateway.signIn(ada);
});
afterAll(() => gateway.close());

const polling = '/socket.io/?EIO=4&transport=polling';
const unknownSid = 'x'.repeat(20);

describe('a request without a session', () => {
  test.each<[string, string, RequestInit, number, object]>([
    ['opens one', polling, {}, 200, {}],
    ['without a slash at the end opens one', '/socket.io?EIO=4&transport=polling', {}, 200, {}],
    ['with properties that nobody knows opens one', `${polling}&t=abc&b64=1`, {}, 200, {}],
    ['of version 3 is refused', '/socket.io/?EIO=3&transport=polling', {}, 400, { code: 5 }],
    ['of no version is refused', '/socket.io/?transport=polling', {}, 400, { code: 5 }],
    ['of another version is refused', '/socket.io/?EIO=5&transport=polling', {}, 400, { code: 5 }],
    ['over no transport is refused', '/socket.io/?EIO=4', {}, 400, { code: 0 }],
    ['over an unknown transport is refused', '/socket.io/?EIO=4&transport=pigeon', {}, 400, { code: 0 }],
    ['over WebTransport is refused', '/socket.io/?EIO=4&transport=webtransport', {}, 400, { code: 0 }],
    ['over __proto__ is refused', '/socket.io/?EIO=4&transport=__proto__', {}, 400, { code: 0 }],
    ['over WebSocket without an upgrade is refused', '/socket.io/?EIO=4&transport=websocket', {}, 400, { code: 3 }],
    ['that is a POST is refused', polling, { method: 'POST', body: '1' }, 400, { code: 2 }],
    ['that is a PUT is refused', polling, { method: 'PUT', body: '1' }, 400, { code: 2 }],
    ['that is a DELETE is refused', polling, { method: 'DELETE' }, 400, { code: 2 }],
    ['for the client bundle is refused', '/socket.io/socket.io.js', {}, 400, { code: 0 }],
    ['for an answer as a script is refused', `${polling}&j=0`, {}, 400, { error: { code: 'invalid-params' } }],
    ['of a session that is not there is refused', `${polling}&sid=${unknownSid}`, {}, 400, { code: 1 }],
    ['of a session named __proto__ is refused', `${polling}&sid=__proto__`, {}, 400, { code: 1 }],
    ['that posts to no session is refused', `${polling}&sid=${unknownSid}`, { method: 'POST' }, 400, { code: 1 }],
    [
      'of a page elsewhere is refused',
      polling,
      { headers: { origin: 'http://evil.example' } },
      403,
      { error: { code: 'foreign-origin' } },
    ],
    [
      'of a page elsewhere is refused before it is looked at',
      `${polling}&sid=${unknownSid}`,
      { method: 'POST', headers: { origin: 'http://evil.example' } },
      403,
      { error: { code: 'foreign-origin' } },
    ],
  ])('that %s', async (_, path, init, status, body) => {
    const answer = await ask(gateway.url, path, init);
    expect(answer.status).toBe(status);
    const text = status === 200 ? answer.text.slice(1) : answer.text;
    expect(JSON.parse(text)).toMatchObject(body);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('is told how to go on', async () => {
    const { text, headers } = await ask(gateway.url, polling);
    expect(text).toMatch(/^0\{/);
    expect(JSON.parse(text.slice(1))).toEqual({
      sid: expect.stringMatching(/^thisnode\.[\w-]{24}$/),
      upgrades: ['websocket'],
      pingInterval: 20_000,
      pingTimeout: 25_000,
      maxPayload: 4_096,
    });
    expect(headers.get('content-encoding')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('of an allowed page may be read by it', async () => {
    const { status, headers } = await ask(gateway.url, polling, { headers: { origin: ownOrigin } });
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(ownOrigin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    const preflight = await ask(gateway.url, polling, { method: 'OPTIONS', headers: { origin: ownOrigin } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST');
  });
});

describe('a body of a session', () => {
  /** What is posted, the status, and whether the session lives on: what Socket.IO finds is told with the next poll. */
  test.each<[string, string, RequestInit, number, boolean | 'until it polls']>([
    ['of one packet is taken', '40', {}, 200, true],
    ['of several packets is taken', ['40', '3', '3'].join(separator), {}, 200, true],
    ['that answers a ping is taken', '3', {}, 200, true],
    ['that is a ping ends the session, for only the server pings', '2', {}, 200, false],
    ['that is a probe of another transport ends it', '2probe', {}, 200, false],
    ['that says goodbye ends it', '1', {}, 200, false],
    ['that is no packet ends it', 'hello', {}, 200, false],
    ['of nothing ends it', '', {}, 200, false],
    ['with one bad packet among good ones ends it', ['3', 'x', '3'].join(separator), {}, 200, false],
    ['with an unknown packet type of Socket.IO ends it', '47', {}, 200, 'until it polls'],
    ['with an event before a namespace ends it', '42["message","x"]', {}, 200, 'until it polls'],
    ['with binary before its packet ends it', 'bAQID', {}, 200, 'until it polls'],
    ['as bytes is refused', 'x', { headers: { 'content-type': 'application/octet-stream' } }, 400, false],
    ['over the limit is refused', `4${'x'.repeat(5_000)}`, {}, 413, true],
    ['by another method is refused', '3', { method: 'PUT' }, 500, true],
  ])('%s', async (_, body, init, status, lives) => {
    const poller = await RawPoller.open(gateway.url);
    expect((await poller.send(body, init)).status).toBe(status);
    if (lives === 'until it polls') {
      await poller.poll();
      expect(poller.packets.at(-1)).toBe('1');
    }
    const after = await poller.send('3');
    expect(after.status).toBe(lives === true ? 200 : 400);
    if (lives !== true) expect(JSON.parse(after.text)).toEqual({ code: 1, message: 'Session ID unknown' });
  });

  test('that trickles in is given up', async () => {
    const poller = await RawPoller.open(gateway.url);
    expect(await slowBody(gateway.time, gateway.url + poller.path, {})).toBe('cut');
  });

  test('by a page elsewhere does not arrive', async () => {
    const poller = await RawPoller.open(gateway.url, { origin: ownOrigin });
    const answer = await poller.send('1', { headers: { origin: 'http://evil.example' } });
    expect(answer.status).toBe(403);
    expect((await poller.send('3')).status).toBe(200);
  });
});

describe('a session that is polled', () => {
  test('is told in one answer what has gathered', async () => {
    const poller = await RawPoller.open(gateway.url);
    await poller.send(`40${JSON.stringify({ token })}`);
    await poller.pollFor('40');
    gateway.post(1, 'one');
    gateway.post(1, 'two');
    await poller.pollFor('42["message",{"id":"m-two"');
    expect(poller.packets.filter((each) => each.startsWith('42'))).toHaveLength(2);
  });

  test('twice at once ends', async () => {
    const poller = await RawPoller.open(gateway.url);
    const answers = await Promise.all([poller.poll(), poller.poll()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await poller.send('3')).status).toBe(400);
  });

  test('over another transport is refused without an upgrade', async () => {
    const poller = await RawPoller.open(gateway.url);
    const answer = await ask(gateway.url, poller.path.replace('polling', 'websocket'));
    expect(JSON.parse(answer.text)).toEqual({ code: 3, message: 'Bad request' });
  });

  test('as another version is refused', async () => {
    const poller = await RawPoller.open(gateway.url);
    const answer = await ask(gateway.url, poller.path.replace('EIO=4', 'EIO=3'));
    expect(JSON.parse(answer.text)).toEqual({ code: 3, message: 'Bad request' });
  });
});

describe('an upgrade', () => {
  test.each<[string, string, Record<string, string>, number]>([
    ['over no transport is refused', '', {}, 400],
    ['to an unknown transport is refused', '&transport=pigeon', {}, 400],
    ['of a session that is not there is refused', `&transport=websocket&sid=${unknownSid}`, {}, 400],
    ['of a page elsewhere is refused', '&transport=websocket', { origin: 'http://evil.example' }, 403],
    ['with a cookie but of no page is refused', '&transport=websocket', { cookie: 'confab_session=x' }, 403],
    ['for an answer as a script is refused', '&transport=websocket&j=0', {}, 400],
  ])('%s', async (_, query, headers, status) => {
    const socket = new RawSocket(gateway.url, query, headers);
    await until(() => socket.closed);
    expect(socket.status).toBe(status);
  });

  test('opens a session', async () => {
    const socket = await RawSocket.open(gateway.url);
    expect(JSON.parse(socket.packets[0]?.slice(1) ?? '')).toMatchObject({ upgrades: [], maxPayload: 4_096 });
    expect(socket.webSocket.extensions).toBe('');
    socket.cut();
  });

  test('of a polled session moves it, and loses nothing', async () => {
    const poller = await RawPoller.open(gateway.url);
    await poller.send(`40${JSON.stringify({ token })}`);
    await poller.pollFor('40');
    const socket = new RawSocket(gateway.url, `&transport=websocket&sid=${poller.sid}`);
    await until(() => socket.webSocket.readyState === 1);
    gateway.post(1, 'before');
    socket.send('2probe');
    expect(await socket.heard('3probe')).toBe('3probe');
    await poller.pollFor('42["message",{"id":"m-before"');
    socket.send('5');
    gateway.post(1, 'after');
    await socket.heard('42["message",{"id":"m-after"');
    expect((await poller.poll()).status).toBe(400);
    socket.cut();
  });

  test('that says anything but a probe does not move it', async () => {
    const poller = await RawPoller.open(gateway.url);
    const socket = new RawSocket(gateway.url, `&transport=websocket&sid=${poller.sid}`);
    await until(() => socket.webSocket.readyState === 1);
    socket.send('40');
    await until(() => socket.closed);
    expect((await poller.send('3')).status).toBe(200);
  });

  test('of a session that has moved already is closed', async () => {
    const poller = await RawPoller.open(gateway.url);
    const first = new RawSocket(gateway.url, `&transport=websocket&sid=${poller.sid}`);
    await until(() => first.webSocket.readyState === 1);
    first.send('2probe');
    await first.heard('3probe');
    first.send('5', `40${JSON.stringify({ token })}`);
    await first.heard('40');
    const second = new RawSocket(gateway.url, `&transport=websocket&sid=${poller.sid}`);
    await until(() => second.closed);
    expect(first.closed).toBe(false);
    first.cut();
  });
});

describe('what comes over a WebSocket', () => {
  test.each<[string, string | Uint8Array]>([
    ['a ping, for only the server pings', '2'],
    ['no packet', 'hello'],
    ['nothing', ''],
    ['an unknown packet type of Socket.IO', '49'],
    ['bytes that no packet announced', new Uint8Array([1, 2, 3])],
    ['a message over the limit', `4${'x'.repeat(5_000)}`],
  ])('%s ends the connection', async (_, packet) => {
    const socket = await RawSocket.open(gateway.url);
    socket.send(packet);
    await until(() => socket.closed);
  });

  test('an upgrade, a noop or a goodbye packet changes nothing', async () => {
    const socket = await RawSocket.connect(gateway.url, token);
    socket.send('5', '6', '3', '1', '420["connection.ping",{}]');
    expect(await socket.heard('430')).toContain('"ok":true');
    socket.cut();
  });
});
