import { createHash } from 'node:crypto';
import { type CloseReason, errors } from '@confab/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { type OpenDoor, openDoor } from './testing/open-door.ts';
import { clientFrame, type RawHeaders } from './testing/raw-client.ts';

let door: OpenDoor;
beforeAll(async () => {
  door = await openDoor();
});
afterEach(() => {
  door.refusal = undefined;
});
afterAll(() => door.close());

const get = 'GET / HTTP/1.1';
const here = 'http://here.example';

describe('a handshake', () => {
  it('is answered with the hash of its key (RFC 6455, section 1.3)', async () => {
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    const { client } = await door.connect({ 'Sec-WebSocket-Key': key });
    expect(client.status).toBe(101);
    const wanted = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    expect(wanted).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(client.header('Sec-WebSocket-Accept')).toBe(wanted);
  });

  it.each<[string, RawHeaders]>([
    ['from a program: no Origin, no cookie', {}],
    ['from an allowed page', { Origin: here }],
    ['from an allowed page with its cookie', { Origin: here, Cookie: 'confab_session=a' }],
    ['with header names and values in other cases', { Upgrade: 'WebSocket', Connection: 'keep-alive, uPgRaDe' }],
    ['that offers subprotocols', { 'Sec-WebSocket-Protocol': 'chat, superchat' }],
    ['that offers an extension nobody knows', { 'Sec-WebSocket-Extensions': 'x-sparkle; glitter=9' }],
  ])('%s is taken in', async (_, headers) => {
    const { client, session } = await door.connect(headers);
    expect(client.status).toBe(101);
    // No subprotocol is agreed to that nobody speaks.
    expect(client.header('Sec-WebSocket-Protocol')).toBeUndefined();
    expect(session.peer.address).toMatch(/127\.0\.0\.1$/);
  });

  it('brings its credentials along, and the client’s address as the server sees it', async () => {
    const { session } = await door.connect({ Authorization: 'Bearer abc' });
    expect(session.credentials).toEqual({ token: 'Bearer abc' });
    const behindProxy = await openDoor({ addressOf: (request) => String(request.headers['x-forwarded-for']) });
    const far = await behindProxy.connect({ 'X-Forwarded-For': '192.0.2.7' });
    expect(far.session.peer.address).toBe('192.0.2.7');
    await behindProxy.close();
  });

  it('may come in one piece with the first frames', async () => {
    const { session } = await door.connect({}, Buffer.concat([clientFrame(1, 'early'), clientFrame(1, 'bird')]));
    await until(() => session.texts.length === 2);
    expect(session.texts).toEqual(['early', 'bird']);
  });
});

describe('a handshake is refused', () => {
  const malformed = errors.malformed.status;
  it.each<[string, RawHeaders, string, number, string]>([
    ['with POST', { 'Content-Length': '0' }, 'POST / HTTP/1.1', malformed, 'malformed'],
    ['with a key that is too short', { 'Sec-WebSocket-Key': 'YWJj' }, get, malformed, 'malformed'],
    ['with a key that is no base64', { 'Sec-WebSocket-Key': '!'.repeat(24) }, get, malformed, 'malformed'],
    ['without a key', { 'Sec-WebSocket-Key': undefined }, get, malformed, 'malformed'],
    ['with another upgrade', { Upgrade: 'h2c' }, get, malformed, 'malformed'],
    ['with subprotocols that cannot be read', { 'Sec-WebSocket-Protocol': 'a,,b' }, get, malformed, 'malformed'],
    ['with extensions that cannot be read', { 'Sec-WebSocket-Extensions': '=;' }, get, malformed, 'malformed'],
    [
      'with a compression that cannot be',
      { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits=99' },
      get,
      malformed,
      'malformed',
    ],
    ['with an older version', { 'Sec-WebSocket-Version': '8' }, get, 426, 'malformed'],
    ['with a newer version', { 'Sec-WebSocket-Version': '14' }, get, 426, 'malformed'],
    ['without a version', { 'Sec-WebSocket-Version': undefined }, get, 426, 'malformed'],
    ['from a foreign page', { Origin: 'https://evil.example' }, get, 403, 'foreign-origin'],
    ['from a page without an origin of its own', { Origin: 'null' }, get, 403, 'foreign-origin'],
    ['from the right host with another port', { Origin: `${here}:81` }, get, 403, 'foreign-origin'],
    ['from a longer name that begins alike', { Origin: `${here}.evil.example` }, get, 403, 'foreign-origin'],
    ['with a cookie but no page that it came from', { Cookie: 'confab_session=a' }, get, 403, 'foreign-origin'],
  ])('%s', async (_, headers, request, status, code) => {
    const before = door.sessions.length;
    const client = await door.knock(headers, request);
    await until(() => client.ended);
    expect(client.status).toBe(status);
    expect(client.header('Content-Type')).toContain('application/json');
    expect(client.header('Cache-Control')).toBe('no-store');
    const [, body = ''] = client.response.split('\r\n\r\n');
    expect(Number(client.header('Content-Length'))).toBe(Buffer.byteLength(body));
    expect(JSON.parse(body)).toMatchObject({ error: { code, message: expect.any(String) } });
    if (status === 426) expect(client.header('Sec-WebSocket-Version')).toBe('13');
    expect(door.sessions).toHaveLength(before);
  });

  it.each<[CloseReason, string]>([
    ['draining', 'draining'],
    ['overloaded', 'overloaded'],
    ['too-many-connections', 'overloaded'],
  ])('while the server says %s, with when to come back', async (reason, code) => {
    door.refusal = reason;
    const client = await door.knock();
    await until(() => client.ended);
    expect(client.status).toBe(503);
    expect(Number(client.header('Retry-After'))).toBeGreaterThan(0);
    expect(JSON.parse(client.response.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { code } });
  });

  it('and nothing comes of clients that reset the connection at once', async () => {
    const foreign = Array.from({ length: 20 }, () => door.knock({ Origin: 'https://evil.example' }));
    for (const client of await Promise.all(foreign)) client.socket.resetAndDestroy();
    expect((await door.connect()).client.status).toBe(101);
  });
});

describe('the framing', () => {
  const deflate = 'permessage-deflate';
  it.each<[string, string | undefined, string, boolean]>([
    ['nothing', undefined, 'websocket', false],
    ['compression', deflate, 'websocket-deflate', true],
    ['compression with a window of the client’s own', `${deflate}; client_max_window_bits`, 'websocket-deflate', true],
    ['compression without takeover', `${deflate}; server_no_context_takeover`, 'websocket-deflate', true],
    ['a smaller window of the server’s', `${deflate}; server_max_window_bits=10`, 'websocket', true],
    ['a choice of two', `${deflate}; server_max_window_bits=10, ${deflate}`, 'websocket', true],
    ['something else first', `x-other, ${deflate}`, 'websocket-deflate', true],
    ['something else only', 'x-webkit-deflate-frame', 'websocket', false],
  ])('for a client that offers %s', async (_, offer, framing, agreed) => {
    const { client, session } = await door.connect({ 'Sec-WebSocket-Extensions': offer });
    expect(session.peer.framing.name).toBe(framing);
    const answer = client.header('Sec-WebSocket-Extensions');
    expect(answer?.startsWith(deflate) ?? false).toBe(agreed);
    if (agreed) expect(answer).toMatch(/(?=.*server_no_context_takeover)(?=.*client_no_context_takeover)/);
  });
});
