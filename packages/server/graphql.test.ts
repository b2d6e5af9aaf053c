import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from './testing/open-server.ts';

let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
beforeAll(async () => {
  server = await openServer();
  owner = await setUpOwner(server);
});
afterAll(() => server.close());

const sent = (query: string, headers: Record<string, string> = {}) =>
  server.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

describe('GraphQL over HTTP as its specification has it', () => {
  test('passes every audit of graphql-http', async () => {
    const results = await auditServer({
      url: `${server.url}/graphql`,
      // Some ask for the schema, which only those who are signed in may.
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...(init.headers as object), authorization: `Bearer ${owner.token}` } }),
    });
    expect(results.length).toBeGreaterThan(60);
    expect(results.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  });
});

describe('GraphQL on the whole server', () => {
  test('signs in without a session, and answers with a token that counts', async () => {
    const response = await sent(
      'mutation { accountSignIn(handle: "owner", password: "correct horse battery") { token } }',
    );
    const { data } = (await response.json()) as { data: { accountSignIn: { token: string } } };
    const { token } = data.accountSignIn;
    const home = await sent('{ accountHome { me { handle } rooms { info { name } position { seq } } } }', {
      authorization: `Bearer ${token}`,
    });
    expect(await home.json()).toMatchObject({ data: { accountHome: { me: { handle: 'owner' } } } });
  });

  test('does not do for another site’s page what its cookie could', async () => {
    const headers = { cookie: `confab_session=${owner.token}`, origin: 'http://evil.example' };
    const response = await sent('mutation { accountSignOut }', headers);
    expect(response.status).toBe(403);
    expect(
      await (await sent('{ accountHome { me { handle } } }', { authorization: `Bearer ${owner.token}` })).json(),
    ).toMatchObject({
      data: { accountHome: { me: { handle: 'owner' } } },
    });
  });

  test('reads a page of a timeline with numbers beyond 32 bits', async () => {
    const query = `{ messageList(room: "${owner.room}") { position { seq } people { id } messages { postedAt } }
      roomShow(room: "${owner.room}") { room { info { createdAt } } } logRead(log: "room:${owner.room}", after: 0) { events { event at data } } }`;
    const { data, errors } = (await (await sent(query, { authorization: `Bearer ${owner.token}` })).json()) as {
      data: {
        roomShow: { room: { info: { createdAt: number } } };
        logRead: { events: { event: string; at: number }[] };
      };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    expect(data.roomShow.room.info.createdAt).toBeGreaterThan(2 ** 31);
    expect(data.logRead.events[0]).toMatchObject({ event: 'room.created', at: data.roomShow.room.info.createdAt });
  });

  test.each([
    ['presenceSet(state: away)', 'unknown-command'],
    ['presenceWatch(users: []) { presences { user } }', 'unknown-command'],
  ])('says that %s needs a connection', async (field, code) => {
    const response = await sent(`mutation { ${field} }`, { authorization: `Bearer ${owner.token}` });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });
});
