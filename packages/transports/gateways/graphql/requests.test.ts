import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomId } from '../../testing/test-world.ts';
import { type Answer, codeOf, OpenGateway } from './testing/open-gateway.ts';

let gateway: OpenGateway;
let token: string;
beforeAll(async () => {
  gateway = await OpenGateway.open({ limits: { messageBytes: 20_000 } });
  token = gateway.signIn();
});
afterAll(() => gateway.close());

const post = (text: string) => `mutation { messagePost(room: "room-1", text: "${text}") { id seq } }`;

async function send(init: RequestInit, search = ''): Promise<{ status: number; type: string | null; answer: Answer }> {
  const response = await fetch(`${gateway.url}/graphql${search}`, init);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    answer: (await response.json()) as Answer,
  };
}

const sent = (body: unknown, headers: Record<string, string> = {}) =>
  send({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('a request', () => {
  test('that nobody has to be signed in for is answered', async () => {
    expect(await gateway.request('{ instanceShow { name signUp } }')).toEqual({
      data: { instanceShow: { name: 'Test', signUp: 'invite' } },
    });
  });

  test('[C4] that posts stores a message, in a room by its name', async () => {
    const { data } = await gateway.request(post('hello'), { token });
    expect(data).toMatchObject({ messagePost: { id: 'm-hello', seq: 1 } });
  });

  test('answers true where the protocol has nothing to say', async () => {
    expect(await gateway.request(`mutation { roomLeave(room: "${roomId(1)}") }`, { token })).toEqual({
      data: { roomLeave: true },
    });
  });

  test.each([
    ['unauthenticated', post('x'), undefined],
    ['text-empty', post(''), 'member'],
    ['not-found', '{ roomShow(room: "no such room") { room { memberCount } } }', 'member'],
    ['invalid-params', 'mutation { accountSignIn(handle: "a", password: "b", deliver: cookie) { token } }', undefined],
  ])('[X1] that is refused (%s) tells code and whether to try again', async (code, query, who) => {
    const answer = await gateway.request(query, who ? { token } : {});
    expect(answer.errors?.[0]).toMatchObject({ message: expect.any(String), extensions: { code, retry: 'never' } });
  });

  test('[X3] that meets a bug tells no more than that', async () => {
    const answer = await gateway.request(post('broken'), { token });
    expect(codeOf(answer)).toBe('internal');
    expect(JSON.stringify(answer)).not.toContain('non-nullable');
    expect(gateway.reported).toEqual(['a field could not be answered']);
  });

  test('that subscribes is told where that is done', async () => {
    const answer = await gateway.request('subscription { messages(room: "room-1") { text } }', { token });
    expect(codeOf(answer)).toBe('unknown-command');
  });

  test('by GET is answered for a query', async () => {
    const { answer } = await send({}, `?query=${encodeURIComponent('{ instanceShow { name } }')}`);
    expect(answer.data).toEqual({ instanceShow: { name: 'Test' } });
  });
});

describe('a request that is refused', () => {
  const query = '{ instanceShow { name } }';
  const cases: [string, () => ReturnType<typeof send>, number, string][] = [
    ['a mutation by GET', () => send({}, `?query=${encodeURIComponent(post('x'))}`), 405, 'malformed'],
    ['another method', () => send({ method: 'PUT' }), 405, 'malformed'],
    ['a form', () => sent({ query }, { 'content-type': 'text/plain' }), 415, 'malformed'],
    [
      'a form with fields',
      () => sent('query=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'malformed',
    ],
    ['nothing', () => sent(''), 400, 'malformed'],
    ['no JSON', () => sent('{'), 400, 'malformed'],
    ['several operations in one', () => sent([{ query }, { query }]), 400, 'limit-reached'],
    ['more than a request may have', () => sent({ query: 'x'.repeat(20_001) }), 413, 'frame-too-large'],
    ['an answer that nobody gives', () => sent({ query }, { accept: 'image/png' }), 406, 'malformed'],
    ['an address that is not there', () => send({}, '/elsewhere'), 404, 'not-found'],
    ['the explorer, where it is not switched on', () => send({}, '/explorer/explorer.js'), 404, 'not-found'],
  ];
  test.each(cases)('[X1] %s', async (_, ask, status, code) => {
    const refused = await ask();
    expect([refused.status, codeOf(refused.answer)]).toEqual([status, code]);
  });
});

describe('the explorer', () => {
  let open: OpenGateway;
  beforeAll(async () => {
    open = await OpenGateway.open({ explorer: true });
  });
  afterAll(() => open.close());

  test.each([
    ['', 'text/html'],
    ['/explorer/explorer.js', 'text/javascript'],
    ['/explorer/explorer.css', 'text/css'],
  ])('/graphql%s is served from here, and may load nothing from elsewhere', async (path, type) => {
    const response = await fetch(`${open.url}/graphql${path}`, { headers: { accept: 'text/html,*/*' } });
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
    expect(await response.text()).not.toMatch(/https?:\/\//);
  });

  test('leaves requests as they are', async () => {
    expect((await open.request('{ __schema { queryType { name } } }')).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
  });

  test('is not there unless it is switched on', async () => {
    const response = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(406);
  });
});
