import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoorParts } from '../door.ts';
import { DoorBed } from '../http/testing/door-bed.ts';
import { slowBody } from '../http/testing/slow-body.ts';
import { StreamClient } from '../http/testing/stream-client.ts';
import { ada, bob, ownOrigin, roomId } from '../testing/test-world.ts';
import { until } from '../testing/until.ts';
import { createConnectionsDoor } from './index.ts';

const path = '/api/v1/connections';
const ndjson = 'application/x-ndjson';
const hello = '{"id":1,"command":"connection.hello","params":{"versions":[1]}}';
const listen = (room: number) =>
  `{"id":2,"command":"log.listen","params":{"logs":[{"log":"room:${roomId(room)}","level":"live"}]}}`;

interface Polled {
  readonly connection: string;
  readonly next: number;
  readonly frames: Record<string, unknown>[];
  readonly pollAfterMs: number;
}

let bed: DoorBed;
let token: string;
beforeEach(async () => {
  bed = await DoorBed.open((parts, { timers, time: { clock } }) =>
    createConnectionsDoor(parts, { timers, clock, load: () => 0 }),
  );
  token = bed.signIn(ada);
  bed.addRoom(1, ada, bob);
});
afterEach(() => bed.close());

/** Opens a connection as a stream and waits for its first frames. */
async function openStream(accept: string, body = `${hello}\n${listen(1)}`, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${token}`;
  const client = new StreamClient(`${bed.url}${path}`, { authorization, accept, ...headers }, { method: 'POST', body });
  bed.clients.push(client);
  await until(
    () => client.frames.length > 0 || client.ended,
    () => client.text,
  );
  const { connection } = (client.frames[0]?.data ?? {}) as { connection: string };
  return { client, connection };
}

async function openPolled(body = hello): Promise<Polled> {
  const response = await bed.fetch(path, token, { method: 'POST', body, headers: { accept: 'application/json' } });
  expect(response.status).toBe(200);
  return (await response.json()) as Polled;
}

const get = (connection: string, after: number, wait = 0) =>
  bed.fetch(`${path}/${connection}?after=${after}&wait=${wait}`, token);
const poll = async (connection: string, after: number, wait = 0) =>
  (await (await get(connection, after, wait)).json()) as Polled;
const send = (connection: string, body: string | Uint8Array, credentials: string | null = token) =>
  bed.fetch(`${path}/${connection}/frames`, credentials, { method: 'POST', body });
const texts = (frames: Record<string, unknown>[]) =>
  frames.flatMap(({ event, data }) => (event === 'message.posted' ? [(data as { text: string }).text] : []));

describe.each([
  ['lines', ndjson, `${ndjson}; charset=utf-8`],
  ['an event stream', 'text/event-stream', 'text/event-stream; charset=utf-8'],
])('[D2] a connection as %s', (_, accept, type) => {
  it('begins with its secret name, and goes on as over a WebSocket', async () => {
    const { client, connection } = await openStream(accept);
    await until(() => client.frames.length === 3);
    bed.post(1, 'heard');
    await until(() => client.frames.length === 4);
    expect(client.headers['content-type']).toBe(type);
    expect(connection).toMatch(/^thisnode\.[\w-]{32}$/);
    expect(client.frames.map(({ event, reply }) => event ?? reply)).toEqual([
      'connection.opened',
      1,
      2,
      'message.posted',
    ]);
    expect((await send(connection, '{"id":3,"command":"connection.ping"}')).status).toBe(204);
    await until(() => client.frames.length === 5);
    expect(client.frames[4]).toMatchObject({ reply: 3 });
  });

  it('[H5] tells that it lives in each silence, and lives as long as that is taken', async () => {
    const { client } = await openStream(accept);
    await until(() => client.frames.length === 3);
    const { length } = client.text;
    for (let count = 0; count < 6; count += 1) {
      await bed.time.advance(20_000);
      await until(() => client.text.length > length + count);
    }
    expect(client.text.slice(length)).toMatch(/^(:\n\n|\n)+$/);
    expect(client.ended).toBe(false);
  });

  it('[H6] says why it ends, and ends', async () => {
    const { client } = await openStream(accept);
    await until(() => client.frames.length === 3);
    bed.bus.publish({ kind: 'revocation', revocation: bed.domain.endSessionsOf(ada) });
    await until(() => client.ended);
    expect(client.frames.at(-1)).toEqual({
      event: 'connection.closing',
      data: { reason: 'session-revoked', reconnect: null },
    });
  });

  it('[H1] [H4] is turned away as over a WebSocket: with the refusal of its hello', async () => {
    const { client } = await openStream(accept, hello, { authorization: 'Bearer not-a-token-that-is-known' });
    await until(() => client.ended);
    expect(client.frames.map(({ event, error }) => event ?? (error as { code: string }).code)).toEqual([
      'connection.opened',
      'unauthenticated',
      'connection.closing',
    ]);
  });

  it('ends when its client leaves or deletes it, once', async () => {
    const one = await openStream(accept);
    const other = await openStream(accept);
    expect(bed.engine.stats().connections).toBe(2);
    one.client.cut();
    await until(() => bed.engine.stats().connections === 1);
    expect((await bed.fetch(`${path}/${other.connection}`, token, { method: 'DELETE' })).status).toBe(204);
    await until(() => other.client.ended);
    expect(bed.engine.stats().connections).toBe(0);
    expect((await send(other.connection, hello)).status).toBe(404);
  });

  it('[S1] that is not read becomes lagging, and is given what it missed when it is', async () => {
    const { client } = await openStream(accept);
    await until(() => client.frames.length === 3);
    client.pause();
    const text = 'x'.repeat(20_000);
    let posted = 0;
    for (; bed.engine.stats().lagging === 0 && posted < 2_000; posted += 1) {
      bed.post(1, `${posted} ${text}`);
      await bed.time.settle();
    }
    for (let count = 0; count < 20; count += 1) bed.post(1, `${posted++} ${text}`);
    expect(bed.engine.stats().lagging).toBe(1);
    client.resume();
    await until(
      () => texts(client.frames).length === posted,
      () => `${texts(client.frames).length} of ${posted}`,
    );
    expect(texts(client.frames)).toEqual(Array.from({ length: posted }, (_each, index) => `${index} ${text}`));
  });
});

describe('[D2] a stream', () => {
  it('shares the bytes of an event with all streams of its kind', async () => {
    const one = await openStream(ndjson);
    const other = await openStream(ndjson);
    await until(() => one.client.frames.length === 3 && other.client.frames.length === 3);
    bed.post(1, 'same');
    await until(() => one.client.frames.length === 4 && other.client.frames.length === 4);
    expect(one.client.text.split('\n').at(-2)).toBe(other.client.text.split('\n').at(-2));
    expect(one.client.text).toContain(`\n${bed.domain.logs.get(`room:${roomId(1)}`)?.events[0]?.json}\n`);
  });

  it('cannot be polled', async () => {
    const { connection } = await openStream(ndjson);
    expect((await get(connection, 0)).status).toBe(404);
  });
});

describe('[D6] a polled connection', () => {
  it('answers with its name and the answer to its hello', async () => {
    const polled = await openPolled(`${hello}\n${listen(1)}`);
    expect(polled.connection).toMatch(/^thisnode\.[\w-]{32}$/);
    expect(polled.frames[0]).toMatchObject({ reply: 1, result: { version: 1, user: ada } });
    expect(polled.pollAfterMs).toBeGreaterThan(0);
  });

  it('hands out each frame until it is acknowledged, and then no more', async () => {
    const { connection, next } = await openPolled();
    await send(connection, listen(1));
    const listened = await poll(connection, next, 25);
    expect(listened.frames).toMatchObject([{ reply: 2 }]);
    bed.post(1, 'one');
    await bed.time.settle();
    const one = await poll(connection, listened.next);
    bed.post(1, 'two');
    await bed.time.settle();
    const both = await poll(connection, listened.next);
    expect(texts(one.frames)).toEqual(['one']);
    expect(texts(both.frames)).toEqual(['one', 'two']);
    expect(texts((await poll(connection, one.next)).frames)).toEqual(['two']);
    expect((await poll(connection, both.next)).frames).toEqual([]);
  });

  it('a long poll answers as soon as there is a frame', async () => {
    const { connection, next } = await openPolled();
    await send(connection, listen(1));
    const listened = await poll(connection, next, 25);
    const waiting = poll(connection, listened.next, 25);
    await bed.time.settle();
    bed.post(1, 'heard');
    expect(texts((await waiting).frames)).toEqual(['heard']);
  });

  it('a long poll in vain answers with nothing after its time', async () => {
    const { connection, next } = await openPolled();
    let answered: Polled | undefined;
    const waiting = poll(connection, next, 10).then((polled) => {
      answered = polled;
    });
    await until(() => bed.time.waitingCount > 0);
    await bed.time.settle();
    await bed.time.advance(9_999);
    expect(answered).toBeUndefined();
    await bed.time.advance(1);
    await waiting;
    expect(answered).toMatchObject({ next, frames: [] });
  });

  it('one poll waits at a time: a second one makes the first answer with nothing', async () => {
    const { connection, next } = await openPolled();
    const first = poll(connection, next, 25);
    await bed.time.settle();
    const second = poll(connection, next, 25);
    expect(await first).toMatchObject({ next, frames: [] });
    await send(connection, '{"id":5,"command":"connection.ping"}');
    expect((await second).frames).toMatchObject([{ reply: 5 }]);
  });

  it('a poll that is cut off takes nothing with it', async () => {
    const { connection, next } = await openPolled();
    const cut = bed.listen(`${path}/${connection}?after=${next}&wait=25`, token);
    await bed.time.settle();
    cut.cut();
    await until(() => cut.ended);
    await send(connection, '{"id":5,"command":"connection.ping"}');
    expect((await poll(connection, next, 25)).frames).toMatchObject([{ reply: 5 }]);
  });

  it('[H5] ends when nobody polls, and can still be asked why', async () => {
    const { connection, next } = await openPolled();
    for (let time = 0; time < 4; time += 1) {
      await bed.time.advance(30_000);
      expect((await get(connection, next)).status).toBe(200);
    }
    await bed.time.advance(50_000);
    expect(bed.engine.stats().connections).toBe(0);
    const last = await poll(connection, next, 25);
    expect(last.frames).toMatchObject([{ event: 'connection.closing', data: { reason: 'heartbeat-missed' } }]);
    expect((await get(connection, last.next)).status).toBe(404);
    expect((await get(connection, last.next)).status).toBe(404);
  });

  it('that has ended is forgotten after a while', async () => {
    const { connection, next } = await openPolled();
    bed.bus.publish({ kind: 'revocation', revocation: bed.domain.endSessionsOf(ada) });
    await bed.time.advance(29_000);
    expect((await poll(connection, next)).frames).toMatchObject([{ event: 'connection.closing' }]);
    await bed.time.advance(1_000);
    expect((await get(connection, next)).status).toBe(404);
  });

  it('[H6] a waiting poll is told why it ends', async () => {
    const { connection, next } = await openPolled();
    const waiting = poll(connection, next, 25);
    await bed.time.settle();
    const drained = bed.engine.drain();
    expect((await waiting).frames).toMatchObject([{ event: 'connection.closing', data: { reason: 'draining' } }]);
    await bed.time.advance(1_000);
    await drained;
    const refused = await bed.fetch(path, token, { method: 'POST', body: hello });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: { code: 'draining' } });
    expect(refused.headers.get('retry-after')).toBe('5');
  });

  it('[S1] [S2] whose frames are not fetched becomes lagging, is bounded, and is given what it missed', async () => {
    const { connection, next } = await openPolled();
    await send(connection, listen(1));
    let { next: after } = await poll(connection, next, 25);
    const text = 'x'.repeat(10_000);
    for (let count = 0; count < 100; count += 1) {
      bed.post(1, `${count} ${text}`);
      await bed.time.settle();
    }
    expect(bed.engine.stats().lagging).toBe(1);
    expect(bed.engine.stats().maxBytesQueued).toBeLessThan(512 * 1024);
    const heard: string[] = [];
    while (heard.length < 100) {
      const polled = await poll(connection, after, 25);
      heard.push(...texts(polled.frames));
      after = polled.next;
    }
    expect(heard).toEqual(Array.from({ length: 100 }, (_each, index) => `${index} ${text}`));
    await poll(connection, after);
    await bed.time.settle();
    expect(bed.engine.stats().lagging).toBe(0);
  });

  it('is told to come less often the longer nothing happens', async () => {
    const { connection, next, pollAfterMs } = await openPolled();
    await bed.time.advance(40_000);
    expect((await poll(connection, next)).pollAfterMs).toBeGreaterThan(pollAfterMs * 3);
    await send(connection, '{"id":5,"command":"connection.ping"}');
    expect((await poll(connection, next)).pollAfterMs).toBeLessThan(1_000);
  });

  it.each(['-1', '99', '1.5', 'x'])('is refused an acknowledgement of %s', async (after) => {
    const { connection } = await openPolled();
    const response = await bed.fetch(`${path}/${connection}?after=${after}`, token);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid-params' } });
  });

  it('nobody knows of, because its client left before the answer, does not stay', async () => {
    bed.domain.hold = (question) => (question === 'authenticate' ? new Promise(() => {}) : undefined);
    const headers = { authorization: `Bearer ${token}` };
    const client = new StreamClient(`${bed.url}${path}`, headers, { method: 'POST', body: hello });
    await until(() => bed.engine.stats().connections === 1);
    client.cut();
    await until(() => bed.engine.stats().connections === 0);
  });

  it('answers before its hello is, when that takes too long', async () => {
    let letIn = () => {};
    bed.domain.hold = (question) =>
      question === 'authenticate' ? new Promise((resolve) => (letIn = resolve)) : undefined;
    const opening = openPolled();
    await until(() => bed.engine.stats().connections === 1);
    await bed.time.settle();
    await bed.time.advance(5_000);
    const { connection, next, frames } = await opening;
    expect(frames).toEqual([]);
    letIn();
    expect((await poll(connection, next, 25)).frames).toMatchObject([{ reply: 1 }]);
  });
});

describe('[D7] what comes after opening', () => {
  it.each([
    ['other credentials', async () => bed.signIn(bob)],
    ['another session of the same person', async () => bed.signIn(ada)],
    ['no credentials', async () => null],
  ])('with %s there is no such connection', async (_, credentials) => {
    const { connection, next } = await openPolled();
    const { connection: stream } = await openStream(ndjson);
    const other = await credentials();
    const answers = [
      await bed.fetch(`${path}/${connection}?after=${next}`, other),
      await send(connection, '{"id":5,"command":"connection.ping"}', other),
      await send(stream, '{"id":5,"command":"connection.ping"}', other),
      await bed.fetch(`${path}/${stream}`, other, { method: 'DELETE' }),
      await bed.fetch(`${path}/${connection}x?after=${next}`, token),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await poll(connection, next)).frames).toEqual([]);
    expect(bed.engine.stats().connections).toBe(2);
  });

  it('the token of the hello needs no other credentials', async () => {
    const body = `{"id":1,"command":"connection.hello","params":{"versions":[1],"token":"${token}"}}`;
    const opened = (await (await bed.fetch(path, null, { method: 'POST', body })).json()) as Polled;
    expect(opened.frames).toMatchObject([{ reply: 1, result: { user: ada } }]);
    expect((await send(opened.connection, '{"id":2,"command":"connection.ping"}', null)).status).toBe(204);
    expect((await send(opened.connection, '{"id":2,"command":"connection.ping"}')).status).toBe(404);
  });

  it.each([
    ['too large', 'x'.repeat(256 * 1024 + 1), 413, 'frame-too-large'],
    ['no UTF-8', new Uint8Array([0xff, 0xfe]), 400, 'malformed'],
  ])('[F6] commands that are %s end the connection', async (_, body, status, code) => {
    const { connection, next } = await openPolled();
    const response = await send(connection, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect((await poll(connection, next)).frames).toMatchObject([
      { event: 'connection.closing', data: { reason: code } },
    ]);
  });

  it.each([
    ['nothing', '', 400, 'malformed'],
    ['line feeds', '\n\n', 400, 'malformed'],
    ['too much', 'x'.repeat(256 * 1024 + 1), 413, 'frame-too-large'],
    ['no UTF-8', new Uint8Array([0xff, 0xfe]), 400, 'malformed'],
  ])('[F6] opening with %s opens nothing', async (_, body, status, code) => {
    const response = await bed.fetch(path, token, { method: 'POST', body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(bed.engine.stats().connections).toBe(0);
  });

  it.each([
    ['no JSON', 'hello', 'malformed'],
    ['another command first', '{"id":1,"command":"account.home"}', 'unauthenticated'],
    ['an unknown version', '{"id":1,"command":"connection.hello","params":{"versions":[99]}}', 'unsupported-version'],
  ])('[H1] [H3] opening with %s is answered with the reason', async (_, body, reason) => {
    const { frames } = await openPolled(body);
    expect(frames.at(-1)).toMatchObject({ event: 'connection.closing', data: { reason } });
  });

  it.each([
    ['a foreign page', { origin: 'http://evil.example' }, 403],
    ['a browser that names no page', { cookie: 'x=y' }, 403],
    ['an allowed page', { origin: ownOrigin, cookie: 'x=y' }, 200],
  ])('%s gets %3$i', async (_, headers, status) => {
    const { client } = await openStream(ndjson, hello, headers as Record<string, string>);
    expect(client.status).toBe(status);
  });

  it.each([
    ['GET', path],
    ['PUT', path],
    ['POST', `${path}/abc`],
    ['GET', `${path}/abc/frames`],
    ['GET', `${path}/a/b/c`],
  ])('there is no %s %s', async (method, address) => {
    const response = await bed.fetch(address, token, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'unknown-command' } });
  });

  it('a slow sender of commands is given up', async () => {
    const { connection } = await openPolled();
    const headers = { authorization: `Bearer ${token}` };
    expect(await slowBody(bed.time, `${bed.url}${path}/${connection}/frames`, headers)).toBe('cut');
  });

  it('a slow opener is given up', async () => {
    expect(await slowBody(bed.time, `${bed.url}${path}`, { authorization: `Bearer ${token}` })).toBe('cut');
  });
});

describe('the address of a connection', () => {
  it('names the node that it lives on, and nothing else does', () => {
    const door = createConnectionsDoor({} as DoorParts);
    const nodeOf = (url: string) => door.nodeOf?.({ url } as IncomingMessage);
    expect(nodeOf(`${path}/k3x9ab7q.secret?after=0`)).toBe('k3x9ab7q');
    expect(nodeOf(`${path}/k3x9ab7q.secret/frames`)).toBe('k3x9ab7q');
    for (const other of [path, `${path}/`, `${path}/secret`, `${path}?k3x9ab7q.secret`]) {
      expect(nodeOf(other)).toBeUndefined();
    }
  });
});
