import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';

const named = 'https://board.example';
let server: OpenServer;
let token: string;
beforeAll(async () => {
  server = await openServer({ origins: [named] });
  ({ token } = await setUpOwner(server));
});
afterAll(() => server.close());

const cors = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
const preflight = (path: string, origin: string, method = 'POST') =>
  server.fetch(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': method } });

/** One of each kind of route: a command's, a stream's, a poll's, a connection's, and one that does not exist. */
const paths: [string, Record<string, string>][] = [
  ['/api/v1/account/home', {}],
  ['/api/v1/events', { accept: 'text/event-stream' }],
  ['/api/v1/events', {}],
  ['/api/v1/connections/none', {}],
  ['/api/v1/nowhere', {}],
];

describe('[D8] a page of another origin', () => {
  it.each(paths)('that is named may read what %s answers', async (path, headers) => {
    const response = await server.fetch(path, {
      headers: { origin: named, authorization: `Bearer ${token}`, ...headers },
      signal: AbortSignal.timeout(10_000),
    });
    expect(cors(response)).toEqual({
      'access-control-allow-origin': named,
      'access-control-expose-headers': 'etag, poll-after-ms, retry-after',
    });
    expect(response.headers.get('vary')).toContain('Origin');
    await response.body?.cancel();
  });

  it.each(paths)('that is named may ask %s what it takes', async (path) => {
    const response = await preflight(path, named);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(named);
    expect(response.headers.get('access-control-allow-methods')).toContain('DELETE');
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each([
    'https://evil.example',
    'http://board.example',
    'https://board.example:444',
    'https://board.example.evil.example',
    'https://x.board.example',
    'null',
    '*',
  ])('like %s that is not named gets nothing that it could read', async (origin) => {
    for (const [path, headers] of paths) {
      const response = await server.fetch(path, { headers: { origin, authorization: `Bearer ${token}`, ...headers } });
      expect(cors(response)).toEqual({});
      await response.body?.cancel();
      expect(cors(await preflight(path, origin))).toEqual({});
    }
  });

  it('gets nothing outside of the interface', async () => {
    for (const path of ['/', '/health/live', '/metrics', '/api/docs', '/api/v10/x']) {
      expect(cors(await server.fetch(path, { headers: { origin: named } }))).toEqual({});
      expect(cors(await preflight(path, named))).toEqual({});
    }
  });

  it('is told what was refused, readably', async () => {
    const response = await server.fetch('/api/v1/account/home', { headers: { origin: named } });
    expect(response.status).toBe(401);
    expect(cors(response)).toMatchObject({ 'access-control-allow-origin': named });
  });

  it('may post', async () => {
    const response = await server.fetch('/api/v1/connections', {
      method: 'POST',
      headers: { origin: named, authorization: `Bearer ${token}`, accept: 'application/json' },
      body: '{"id":1,"command":"connection.hello","params":{"versions":[1]}}',
    });
    expect(response.status).toBe(200);
    expect(cors(response)).toMatchObject({ 'access-control-allow-origin': named });
  });
});

describe('a server that names no other pages', () => {
  it('says nothing of origins at all', async () => {
    const bare = await openServer();
    const response = await bare.fetch('/api/v1/instance', { headers: { origin: named } });
    expect(cors(response)).toEqual({});
    expect(response.headers.get('vary')).toBeNull();
    await bare.close();
  });
});
