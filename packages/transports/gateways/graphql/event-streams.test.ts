import { createClient } from 'graphql-sse';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { slowBody } from '../../http/testing/slow-body.ts';
import { ownOrigin, roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { type Answer, codeOf, OpenGateway } from './testing/open-gateway.ts';

let gateway: OpenGateway;
const plugs: AbortController[] = [];
beforeAll(async () => {
  gateway = await OpenGateway.open({ limits: { messageBytes: 20_000, operationIdChars: 40, subscriptions: 3 } });
});
afterEach(() => {
  for (const plug of plugs.splice(0)) plug.abort();
});
afterAll(() => gateway.close());

interface Given {
  readonly method?: string;
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly search?: string;
}

const listen = 'subscription ($after: String) { messages(room: "room-1", after: $after) { seq text cursor } }';
const show = '{ instanceShow { name } }';

function request({ method = 'POST', token = gateway.signIn(), headers = {}, body, search = '' }: Given) {
  const plug = new AbortController();
  plugs.push(plug);
  return fetch(`${gateway.url}/graphql/stream${search}`, {
    method,
    headers: {
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: plug.signal,
  });
}

const stream = { accept: 'text/event-stream' };

/** A stream as it is read; its text grows. */
function reading(response: Response): { text: string; ended: boolean } {
  const read = { text: '', ended: false };
  const pour = async () => {
    for await (const chunk of response.body ?? []) read.text += Buffer.from(chunk).toString();
  };
  void pour()
    .catch(() => {})
    .then(() => {
      read.ended = true;
    });
  return read;
}

/** The events of a stream, without what keeps it alive. */
const eventsOf = (text: string) =>
  text.split('\n\n').flatMap((block) => {
    const [, event, data = ''] = /^event: (\w+)\ndata:(.*)$/s.exec(block) ?? [];
    return event ? [{ event, data: data === '' ? null : JSON.parse(data) }] : [];
  });

describe('a stream of one operation', () => {
  test('tells a query’s answer, completes and ends', async () => {
    const read = reading(await request({ headers: stream, body: { query: show } }));
    await until(() => read.ended);
    expect(eventsOf(read.text)).toEqual([
      { event: 'next', data: { data: { instanceShow: { name: 'Test' } } } },
      { event: 'complete', data: null },
    ]);
  });

  test('may be asked for by GET, but for no mutation', async () => {
    const search = (query: string) => `?query=${encodeURIComponent(query)}`;
    const read = reading(await request({ method: 'GET', headers: stream, search: search(show) }));
    await until(() => read.ended);
    expect(eventsOf(read.text)[0]?.event).toBe('next');
    const refused = await request({
      method: 'GET',
      headers: stream,
      search: search(`mutation { roomJoin(room: "x") { room { memberCount } } }`),
    });
    expect([refused.status, codeOf((await refused.json()) as Answer)]).toEqual([405, 'malformed']);
  });

  test('[L7] tells what is posted, and goes on from a cursor', async () => {
    const after = (
      (await gateway.request('{ cursor(room: "room-1") }', { token: gateway.signIn() })).data as { cursor?: string }
    ).cursor;
    gateway.post(1, 'one');
    gateway.post(1, 'two');
    const read = reading(await request({ headers: stream, body: { query: listen, variables: { after } } }));
    await until(() => eventsOf(read.text).length === 2);
    gateway.post(1, 'three');
    await until(() => eventsOf(read.text).length === 3);
    expect(eventsOf(read.text).map(({ data }) => data.data.messages.text)).toEqual(['one', 'two', 'three']);
  });

  test('lets go of its session when the client goes', async () => {
    await until(() => gateway.engine.stats().connections === 0);
    const response = await request({ headers: stream, body: { query: listen } });
    expect(response.status).toBe(200);
    expect(gateway.engine.stats().connections).toBe(1);
    plugs.at(-1)?.abort();
    await until(() => gateway.engine.stats().connections === 0);
  });

  test.each([
    ['malformed', '{'],
    ['invalid-params', '{ nothing }'],
    ['limit-reached', `{ ${'a { '.repeat(11)} b ${'} '.repeat(11)} }`],
    ['not-found', `subscription { messages(room: "${roomId(3)}") { text } }`],
  ])('[X1] tells %s as its result, completes and ends', async (code, query) => {
    const read = reading(await request({ headers: stream, body: { query } }));
    await until(() => read.ended);
    const [next, complete] = eventsOf(read.text);
    expect(codeOf(next?.data)).toBe(code);
    expect(complete?.event).toBe('complete');
  });

  test('[H8] of a session that ends says so and ends', async () => {
    const token = gateway.signIn();
    const read = reading(await request({ token, headers: stream, body: { query: listen } }));
    await until(() => {
      gateway.post(1, 'knock');
      return read.text.includes('knock');
    });
    gateway.signOut(token);
    gateway.post(1, 'not for them');
    await until(() => read.ended);
    expect(codeOf(eventsOf(read.text).at(-2)?.data)).toBe('session-revoked');
    expect(read.text).not.toContain('not for them');
  });
});

describe('a request that is refused', () => {
  const cases: [string, number, string, Given][] = [
    ['without credentials', 401, 'unauthenticated', { token: null, headers: stream, body: { query: show } }],
    [
      'with a token that is none',
      401,
      'unauthenticated',
      { token: 'x'.repeat(40), headers: stream, body: { query: show } },
    ],
    ['that reserves without credentials', 401, 'unauthenticated', { token: null, method: 'PUT' }],
    [
      'by cookie from nowhere',
      403,
      'foreign-origin',
      { token: null, headers: { ...stream, cookie: 'session=x' }, method: 'GET' },
    ],
    [
      'from a foreign page',
      403,
      'foreign-origin',
      { headers: { ...stream, origin: 'http://evil.example' }, body: { query: show } },
    ],
    ['too large', 413, 'frame-too-large', { headers: stream, body: { query: 'x'.repeat(20_000) } }],
    ['as a form', 400, 'malformed', { headers: { ...stream, 'content-type': 'text/plain' }, body: { query: show } }],
    ['that is no JSON', 400, 'malformed', { headers: stream, body: '{' }],
    ['without a query', 400, 'malformed', { headers: stream, body: {} }],
    ['with variables that are none', 400, 'malformed', { headers: stream, body: { query: show, variables: [] } }],
    ['without accepting a stream', 404, 'not-found', { body: { query: show } }],
    [
      'for a stream that is not there',
      404,
      'not-found',
      { headers: { 'x-graphql-event-stream-token': 'x' }, body: { query: show } },
    ],
  ];
  test.each(cases)('[X1] %s: %i %s', async (_, status, code, given) => {
    const response = await request(given);
    expect([response.status, codeOf((await response.json()) as Answer)]).toEqual([status, code]);
  });
});

describe('a reserved stream', () => {
  async function reserved(token = gateway.signIn()) {
    const response = await request({ method: 'PUT', token });
    const key = await response.text();
    const headers = { 'x-graphql-event-stream-token': key };
    return {
      token,
      headers,
      open: () => request({ method: 'GET', token, headers: { ...headers, ...stream } }),
      ask: (id: string | undefined, query: string, others: Given = {}) =>
        request({ token, headers, body: { query, extensions: { operationId: id } }, ...others }),
    };
  }

  test('carries many operations, each with its id', async () => {
    const { open, ask } = await reserved();
    const read = reading(await open());
    expect((await ask('a', show)).status).toBe(202);
    expect((await ask('b', listen)).status).toBe(202);
    await until(() => {
      gateway.post(1, 'hello');
      return read.text.includes('hello');
    });
    const events = eventsOf(read.text);
    expect(events.filter(({ data }) => data.id === 'a').map(({ event }) => event)).toEqual(['next', 'complete']);
    expect(events.find(({ data }) => data.id === 'b')?.data.payload.data.messages.text).toBe('hello');
  });

  test('ends one operation when it is asked to, and the others go on', async () => {
    const { open, ask, token, headers } = await reserved();
    const read = reading(await open());
    for (const id of ['a', 'b']) await ask(id, listen);
    await until(() => {
      gateway.post(1, 'both');
      return ['a', 'b'].every((id) => read.text.includes(`{"id":"${id}","payload"`));
    });
    expect((await request({ method: 'DELETE', token, headers, search: '?operationId=a' })).status).toBe(200);
    await until(() => eventsOf(read.text).some(({ event, data }) => event === 'complete' && data.id === 'a'));
    const before = read.text.length;
    gateway.post(1, 'only b');
    await until(() => read.text.includes('only b'));
    expect(read.text.slice(before)).not.toContain('"id":"a"');
  });

  test('is for nobody else, and opened once', async () => {
    const { open, headers } = await reserved();
    reading(await open());
    expect((await open()).status).toBe(409);
    const stranger = await request({ headers, body: { query: show, extensions: { operationId: 'x' } } });
    expect([stranger.status, codeOf((await stranger.json()) as Answer)]).toEqual([404, 'not-found']);
  });

  test.each([
    ['without an id', undefined, show, 400],
    ['with an id that is taken', 'taken', listen, 409],
  ])('[X1] refuses an operation %s', async (_, id, query, status) => {
    const { open, ask } = await reserved();
    reading(await open());
    await ask('taken', listen);
    const response = await ask(id, query);
    expect(response.status).toBe(status);
    expect(codeOf((await response.json()) as Answer)).toEqual(expect.any(String));
  });

  test('[X1] tells what is refused under the id of the operation', async () => {
    const { open, ask } = await reserved();
    const read = reading(await open());
    for (let count = 0; count < 4; count += 1) await ask(`s${count}`, listen);
    await ask('x'.repeat(41), show);
    await ask('bad', '{ nothing }');
    await until(() => eventsOf(read.text).filter(({ event }) => event === 'complete').length === 3);
    const codes = eventsOf(read.text).flatMap(({ event, data }) =>
      event === 'next' && data.payload.errors ? [codeOf(data.payload)] : [],
    );
    expect(codes.toSorted()).toEqual(['invalid-params', 'limit-reached', 'limit-reached']);
  });

  test('is signed in by the cookie of an own page', async () => {
    const headers = { cookie: `session=${gateway.signIn()}`, origin: ownOrigin };
    const response = await request({ method: 'PUT', token: null, headers });
    const key = await response.text();
    // A page's own GET names no origin; that it knows the stream says enough.
    const opened = await request({
      method: 'GET',
      token: null,
      headers: { cookie: headers.cookie, ...stream },
      search: `?token=${key}`,
    });
    expect(opened.status).toBe(200);
  });

  test('that nobody opens is gone after its time', async () => {
    const waiting = await OpenGateway.open();
    const response = await fetch(`${waiting.url}/graphql/stream`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${waiting.signIn()}` },
    });
    expect(response.status).toBe(201);
    await waiting.time.advance(29_999);
    expect(waiting.engine.stats().connections).toBe(1);
    await waiting.time.advance(1);
    expect(waiting.engine.stats().connections).toBe(0);
    await waiting.close();
  });
});

describe.each([false, true])('the stock client, with a single connection: %s', (singleConnection) => {
  test('[L7] hears everything again after it was cut off, in order and once', async () => {
    const token = gateway.signIn();
    const after = ((await gateway.request('{ cursor(room: "room-1") }', { token })).data as { cursor?: string }).cursor;
    const variables = { after };
    const heard: string[] = [];
    const cuts: AbortController[] = [];
    const client = createClient({
      url: `${gateway.url}/graphql/stream`,
      headers: { authorization: `Bearer ${token}` },
      singleConnection: singleConnection as false,
      retry: async () => {},
      fetchFn: (url: string, init: RequestInit) => {
        const cut = new AbortController();
        cuts.push(cut);
        return fetch(url, { ...init, signal: AbortSignal.any([cut.signal, ...(init.signal ? [init.signal] : [])]) });
      },
    });
    const end = client.subscribe<{ messages: { text: string; cursor: string } }>(
      { query: listen, variables },
      {
        next: ({ data }) => {
          if (!data) return;
          variables.after = data.messages.cursor;
          heard.push(data.messages.text);
        },
        error: () => {},
        complete: () => {},
      },
    );
    const expected: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (const when of ['here', 'away']) {
        for (let index = 0; index < 5; index += 1) {
          const text = `${when} ${round} ${index} ${singleConnection}`;
          expected.push(text);
          gateway.post(1, text);
        }
        await until(() => heard.length === expected.length);
        if (when === 'here') for (const cut of cuts.splice(0)) cut.abort();
      }
    }
    expect(heard).toEqual(expected);
    end();
    client.dispose();
  });
});

test.each(['/graphql', '/graphql/stream'])('a body that trickles in at %s is given up', async (path) => {
  const headers = { authorization: `Bearer ${gateway.signIn()}`, 'content-type': 'application/json' };
  expect(await slowBody(gateway.time, `${gateway.url}${path}`, headers)).toBe('cut');
});

test.each(['/graphql', '/graphql/stream'])('[X1] a body that is no UTF-8 is malformed at %s', async (path) => {
  const body = Buffer.concat([
    Buffer.from('{"query":"{ instanceShow { name } }","x":"'),
    Buffer.from([0xff]),
    Buffer.from('"}'),
  ]);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${gateway.signIn()}` };
  const response = await fetch(`${gateway.url}${path}`, { method: 'POST', headers, body });
  expect([response.status, codeOf((await response.json()) as Answer)]).toEqual([400, 'malformed']);
});

test('nothing of all this was a bug', () => {
  expect(gateway.reported).toEqual([]);
});
