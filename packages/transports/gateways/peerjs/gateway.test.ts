import { closeCodes } from '@confab/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPeerJsLimits } from './limits.ts';
import { OpenGateway } from './testing/open-gateway.ts';

let gateway: OpenGateway;
let ada: { user: string; token: string };
let ben: { user: string; token: string };
beforeEach(async () => {
  gateway = await OpenGateway.open();
  ada = gateway.person();
  ben = gateway.person();
});
afterEach(() => gateway.close());

const payload = { sdp: 'v=0', connectionId: 'dc_1' };
const fetchFrom = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${gateway.port}${path}`, { headers });

describe('an id for those who have none', () => {
  test.each(['/peerjs/id', '/peerjs/peerjs/id', '/peerjs/id?ts=1&version=1.5.5'])('is answered at %s', async (path) => {
    const [one, other] = [await (await fetchFrom(path)).text(), await (await fetchFrom(path)).text()];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
  });

  test('may be read by pages that may speak to the server, and by no others', async () => {
    const allowed = await fetchFrom('/peerjs/id', { origin: 'http://board.example' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('http://board.example');
    expect(allowed.headers.get('vary')).toBe('origin');
    expect(allowed.headers.has('access-control-allow-credentials')).toBe(false);
    const foreign = await fetchFrom('/peerjs/id', { origin: 'http://evil.example' });
    expect([foreign.status, foreign.headers.has('access-control-allow-origin')]).toEqual([403, false]);
  });

  test.each([
    ['/peerjs/peers', 401],
    ['/peerjs/peerjs/peers', 401],
    ['/peerjs', 404],
    ['/peerjs/a/b/id', 404],
  ])('%s is %i', async (path, status) => {
    expect((await fetchFrom(path)).status).toBe(status);
  });
});

describe('coming in', () => {
  const query = (token: string) => `key=peerjs&id=ada&token=${token}&version=1.5.5`;

  test.each([
    ['a cookie of an allowed page', () => ({ headers: { cookie: ada.token, origin: 'http://board.example' } })],
    ['a bearer token', () => ({ headers: { authorization: ada.token } })],
    [
      'the path that a client with the path /peerjs builds',
      () => ({
        path: '/peerjs/peerjs',
        headers: { authorization: ada.token },
      }),
    ],
  ])('is open with %s, whatever the client’s own token', async (_, from) => {
    const peer = await gateway.knock(query('x1'), from());
    expect(peer.heard).toEqual([{ type: 'OPEN' }]);
  });

  test('is open with a session’s token as the client’s own', async () => {
    expect((await gateway.knock(query(ada.token))).heard).toEqual([{ type: 'OPEN' }]);
  });

  test.each([
    ['nobody’s token', 'key=peerjs&id=ada&token=x1', 'ERROR', 'Sign in first.'],
    ['no id', 'key=peerjs&token=x1', 'ERROR', 'No id, token, or key supplied to websocket server'],
    ['another key', 'key=k&id=ada&token=x1', 'INVALID-KEY', 'Invalid key provided'],
  ])('with %s is refused in words that the client understands, and over', async (_, wrong, type, msg) => {
    const peer = await gateway.knock(wrong);
    await gateway.until(() => peer.ended);
    expect(peer.heard).toEqual([{ type, payload: { msg } }]);
    expect(gateway.leases.size).toBe(0);
  });

  test.each([
    ['a foreign page', '/peerjs', { origin: 'http://evil.example' }, 403],
    ['a cookie that no page sent', '/peerjs', { cookie: 'c' }, 403],
    ['another path', '/peerjs/other', {}, 404],
  ])('from %s ends before it begins', async (_, path, headers, status) => {
    const peer = await gateway.knock(query('x1'), { path, headers: headers as Record<string, string> });
    expect([peer.opened, peer.status]).toEqual([false, status]);
  });

  test('while the server takes nobody in is refused for now', async () => {
    gateway.refusal = 'draining';
    expect((await gateway.knock(query(ada.token))).status).toBe(503);
  });
});

describe('an id', () => {
  test('of somebody else is taken', async () => {
    await gateway.connect('board', ada.token);
    const other = await gateway.knock('key=peerjs&id=board&token=x2', { headers: { authorization: ben.token } });
    await gateway.until(() => other.ended);
    expect(other.heard).toEqual([{ type: 'ID-TAKEN', payload: { msg: 'ID is taken' } }]);
  });

  test('[P5] is the same client’s again when it comes back, and the connection before is over', async () => {
    const before = await gateway.connect('board', ada.token);
    const after = await gateway.connect('board', ada.token);
    await gateway.until(() => before.ended);
    const guest = await gateway.connect('guest', ben.token);
    guest.say({ type: 'OFFER', dst: 'board', payload });
    await gateway.until(() => after.heard.length > 1);
    expect(after.heard[1]).toEqual({ type: 'OFFER', src: 'guest', dst: 'board', payload });
    expect(before.types()).toEqual(['OPEN']);
  });

  test('is renewed while its connection lives, and released when it ends', async () => {
    const peer = await gateway.connect('board', ada.token);
    await gateway.test.time.advance(defaultPeerJsLimits.renewMs);
    const commands = () => gateway.test.domain.executed.map(({ command }) => command);
    expect(commands()).toEqual(['peer.claim', 'peer.renew']);
    peer.webSocket.terminate();
    await gateway.until(() => commands().includes('peer.release'));
    expect(gateway.leases.get('board')?.holder).toBeNull();
    await gateway.until(() => gateway.test.engine.stats().connections === 0);
  });
});

describe('on several nodes', () => {
  beforeEach(() => gateway.addNode());

  test('[P6] clients reach each other wherever they are, in order', async () => {
    const [one, two] = [await gateway.connect('one', ada.token), await gateway.connect('two', ben.token, { node: 1 })];
    for (let count = 0; count < 10; count += 1) one.say({ type: 'CANDIDATE', dst: 'two', payload: count });
    two.say({ type: 'ANSWER', dst: 'one', payload });
    await gateway.until(() => two.heard.length === 11 && one.heard.length === 2);
    expect(two.heard.slice(1).map((each) => each.payload)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(one.heard[1]).toEqual({ type: 'ANSWER', src: 'two', dst: 'one', payload });
  });

  test('an id that somebody has on one is taken on all', async () => {
    await gateway.connect('board', ada.token);
    const other = await gateway.knock('key=peerjs&id=board&token=x2', {
      headers: { authorization: ben.token },
      node: 1,
    });
    expect(other.types()).toEqual(['ID-TAKEN']);
  });

  test('[P5] a client that comes back to another one hears alone, and the connection before is let go of', async () => {
    const [before, two] = [await gateway.connect('one', ada.token), await gateway.connect('two', ben.token)];
    const after = await gateway.connect('one', ada.token, { node: 1 });
    two.say({ type: 'OFFER', dst: 'one', payload });
    await gateway.until(() => after.heard.length === 2);
    await gateway.test.time.advance(defaultPeerJsLimits.renewMs);
    await gateway.until(() => before.ended);
    expect(before.types()).toEqual(['OPEN']);
    two.say({ type: 'LEAVE', dst: 'one' });
    await gateway.until(() => after.heard.length === 3);
  });
});

describe('what two clients say to each other', () => {
  test('arrives in its order, from who really sent it', async () => {
    const [one, two] = [await gateway.connect('one', ada.token), await gateway.connect('two', ben.token)];
    for (let count = 0; count < 30; count += 1) one.say({ type: 'CANDIDATE', src: 'two', dst: 'two', payload: count });
    two.say({ type: 'ANSWER', dst: 'one', payload });
    two.say({ type: 'LEAVE', dst: 'one' });
    await gateway.until(() => two.heard.length === 31 && one.heard.length === 3);
    expect(two.heard.slice(1)).toEqual(
      Array.from({ length: 30 }, (_, count) => ({ type: 'CANDIDATE', src: 'one', dst: 'two', payload: count })),
    );
    expect(one.heard.slice(1)).toEqual([
      { type: 'ANSWER', src: 'two', dst: 'one', payload },
      { type: 'LEAVE', src: 'two', dst: 'one' },
    ]);
  });

  test('waits for one who is not there yet, and expires when nobody comes', async () => {
    const one = await gateway.connect('one', ada.token);
    one.say({ type: 'OFFER', dst: 'two', payload });
    one.say({ type: 'OFFER', dst: 'three', payload });
    const asked = (peer: string) =>
      gateway.test.domain.executed.filter((each) => (each.params as { peer: string }).peer === peer);
    await gateway.until(() => asked('three').length > 0 && asked('two').length > 0);
    const two = await gateway.connect('two', ben.token);
    await gateway.test.time.advance(defaultPeerJsLimits.retryMs);
    await gateway.until(() => two.heard.length === 2);
    await gateway.test.time.advance(defaultPeerJsLimits.expireMs);
    await gateway.until(() => one.heard.length === 2);
    expect(one.heard[1]).toEqual({ type: 'EXPIRE', src: 'three', dst: 'one' });
  });

  test('[P6] does not reach people who share no space: for them nobody is there', async () => {
    const [one, two] = [await gateway.connect('one', ada.token), await gateway.connect('two', ben.token)];
    gateway.strangers.add(ben.user as never);
    one.say({ type: 'OFFER', dst: 'two', payload });
    await gateway.until(() => gateway.test.domain.executed.some(({ command }) => command === 'peer.reach'));
    await gateway.test.time.advance(defaultPeerJsLimits.expireMs + defaultPeerJsLimits.retryMs);
    await gateway.until(() => one.heard.length === 2);
    expect(one.types()).toEqual(['OPEN', 'EXPIRE']);
    expect(two.types()).toEqual(['OPEN']);
  });
});

describe('what ends a connection', () => {
  test.each([
    ['no JSON', 'hello', closeCodes.malformed.code],
    ['a payload over the bound', JSON.stringify({ type: 'OFFER', dst: 'x', payload: 'x'.repeat(70_000) }), 1009],
    ['a message over the bound', 'x'.repeat(defaultPeerJsLimits.frameBytes + 1), 1009],
    ['leaving', '{"type":"LEAVE"}', 1000],
  ])('%s', async (_, text, code) => {
    const peer = await gateway.connect('one', ada.token);
    peer.webSocket.send(text);
    await gateway.until(() => peer.ended);
    expect(peer.closeCode).toBe(code);
  });

  test('more messages than the rate, though they mean nothing', async () => {
    const peer = await gateway.connect('one', ada.token);
    for (let count = 0; count < 2_100; count += 1) peer.say({ type: 'HEARTBEAT' });
    await gateway.until(() => peer.ended);
    expect(peer.closeCode).toBe(closeCodes.flooding.code);
  });

  test('[H8] signing out, at once and with the reason', async () => {
    const peer = await gateway.connect('one', ada.token);
    const session = gateway.test.domain.actors.get(ada.token)?.session;
    if (session === undefined) throw new Error('no session');
    gateway.test.bus.publish({ kind: 'revocation', revocation: { kind: 'session', session } });
    await gateway.until(() => peer.ended);
    expect(peer.heard[1]).toEqual({ type: 'ERROR', payload: { msg: 'This session was signed out.' } });
    expect(peer.closeCode).toBe(closeCodes['session-revoked'].code);
  });

  test('silence: neither a heartbeat nor an answer to a probe', async () => {
    const peer = await gateway.connect('one', ada.token);
    peer.webSocket.pause();
    await gateway.test.time.advance(120_000);
    peer.webSocket.resume();
    await gateway.until(() => peer.ended);
    expect(peer.closeCode).toBe(closeCodes['heartbeat-missed'].code);
  });
});

test('nothing that a client sends disturbs another one', async () => {
  const [one, two] = [await gateway.connect('one', ada.token), await gateway.connect('two', ben.token)];
  const other = gateway.person();
  const message = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record(
        {
          type: fc.oneof(fc.constantFrom('OFFER', 'ANSWER', 'LEAVE', 'EXPIRE', 'OPEN', 'HEARTBEAT'), fc.string()),
          dst: fc.oneof(fc.constantFrom('one', 'two', '', '*', '__proto__'), fc.jsonValue()),
          src: fc.jsonValue(),
          payload: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  );
  let hostile = await gateway.connect('hostile', other.token);
  for (const text of fc.sample(message, { numRuns: 2_000, seed: 7 })) {
    if (hostile.webSocket.readyState !== hostile.webSocket.OPEN) {
      await gateway.test.time.advance(10);
      hostile = await gateway.connect('hostile', other.token);
    }
    hostile.webSocket.send(text);
    if (text.length % 5 === 0) await gateway.test.time.settle();
  }
  one.say({ type: 'OFFER', dst: 'two', payload: 'still here' });
  await gateway.until(() => two.heard.some((each) => each.payload === 'still here'));
  expect(gateway.test.reports).toEqual([]);
  expect([one.ended, two.ended]).toEqual([false, false]);
  for (const { src } of two.heard.slice(1)) expect(['one', 'hostile']).toContain(src);
});
