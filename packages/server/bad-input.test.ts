import { randomUUID } from 'node:crypto';
import { type CommandName, closeCodes, limits, type WireError } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from './testing/http-asker.ts';
import { type OpenServer, openServer, setUpOwner, signUpMember } from './testing/open-server.ts';
import { TestSocket } from './testing/socket.ts';

let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
let member: Awaited<ReturnType<typeof signUpMember>>;
let privateRoom: string;

beforeAll(async () => {
  server = await openServer();
  owner = await setUpOwner(server);
  member = await signUpMember(server, owner.token, owner.space, 'member');
  const made = await server.ask(
    'room.create',
    { space: owner.space, name: 'secret', visibility: 'private' },
    owner.token,
  );
  privateRoom = made.room.info.id;
});
afterAll(() => server.close());

type Way = (command: CommandName, params: unknown) => Promise<Reply>;

const ways: Record<string, () => Promise<{ ask: Way; end(): void }>> = {
  HTTP: async () => ({ ask: (command, params) => server.tell(command, params, member.token), end: () => {} }),
  WebSocket: async () => {
    const socket = await TestSocket.signedIn(server.url, member.token);
    return { ask: (command, params) => socket.ask(command, params), end: () => socket.close() };
  },
};

const unknownRoom = '01890000-0000-7000-8000-000000000000';
const cases: [string, CommandName, () => unknown, Partial<WireError>][] = [
  [
    'a wrong type',
    'message.post',
    () => ({ room: owner.room, clientId: 'a', text: 7 }),
    { code: 'invalid-params', details: expect.objectContaining({ path: expect.stringContaining('text') }) },
  ],
  ['a missing parameter', 'message.post', () => ({ room: owner.room, clientId: 'a' }), { code: 'invalid-params' }],
  [
    'an unknown parameter',
    'message.post',
    () => ({ room: owner.room, clientId: 'a', text: 'x', colour: 'red' }),
    { code: 'invalid-params' },
  ],
  ['an id that is none', 'room.join', () => ({ room: 'general' }), { code: 'invalid-params' }],
  ['no text', 'message.post', () => ({ room: owner.room, clientId: 'b', text: ' \n ' }), { code: 'text-empty' }],
  [
    'a text over the limit',
    'message.post',
    () => ({ room: owner.room, clientId: 'c', text: 'x'.repeat(limits.messageChars + 5) }),
    { code: 'text-too-long', details: { limit: limits.messageChars, length: limits.messageChars + 5 } },
  ],
  [
    'a room that does not exist',
    'message.post',
    () => ({ room: unknownRoom, clientId: 'd', text: 'x' }),
    { code: 'not-found' },
  ],
  [
    'a room that is not theirs',
    'message.post',
    () => ({ room: privateRoom, clientId: 'd', text: 'x' }),
    { code: 'not-found' },
  ],
  ['something above their role', 'space.rename', () => ({ space: owner.space, name: 'Mine' }), { code: 'forbidden' }],
];

describe.each(Object.keys(ways))('bad input over %s', (way) => {
  it.each(cases)('%s is refused (%s)', async (_, command, params, expected) => {
    const { ask, end } = await (ways[way] as (typeof ways)[string])();
    const reply = await ask(command, params());
    end();
    expect(reply).toMatchObject({ error: expected });
  });

  it('says the same of a room that is not theirs as of one that does not exist', async () => {
    const { ask, end } = await (ways[way] as (typeof ways)[string])();
    const [foreign, missing] = await Promise.all(
      [privateRoom, unknownRoom].map((room) => ask('message.list', { room })),
    );
    end();
    expect(foreign).toMatchObject({ error: { code: 'not-found' } });
    expect((foreign as { error: unknown }).error).toEqual((missing as { error: unknown }).error);
  });

  it('gives a repeated send the same answer, and refuses the same id with other content [L2]', async () => {
    const { ask, end } = await (ways[way] as (typeof ways)[string])();
    const clientId = randomUUID();
    const first = await ask('message.post', { room: owner.room, clientId, text: 'once' });
    expect(first).toHaveProperty('result.id');
    const again = await ask('message.post', { room: owner.room, clientId, text: 'once' });
    expect((again as { result: unknown }).result).toEqual((first as { result: unknown }).result);
    const other = await ask('message.post', { room: owner.room, clientId, text: 'twice' });
    end();
    expect(other).toMatchObject({ error: { code: 'client-id-reused' } });
  });
});

describe('bad input that only HTTP knows', () => {
  it.each([
    ['malformed JSON', { body: '{"handle":', headers: { 'content-type': 'application/json' } }, 400, 'malformed'],
    [
      'a form',
      { body: 'handle=a', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      400,
      'malformed',
    ],
    ['a list', { body: '[]', headers: { 'content-type': 'application/json' } }, 400, 'invalid-params'],
    [
      'a body too large',
      { body: `"${'x'.repeat(400_000)}"`, headers: { 'content-type': 'application/json' } },
      413,
      'frame-too-large',
    ],
  ])('%s is refused in the one form of errors', async (_, init, status, code) => {
    const response = await server.fetch('/api/v1/account/sign-in', { method: 'POST', ...init });
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toMatchObject({ error: { code, message: expect.any(String) } });
    expect(text).not.toMatch(/node_modules|\.ts\b|SQLITE|\n\s+at /);
  });

  it('an address that is no command is refused as one', async () => {
    const response = await server.fetch('/api/v1/nothing');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'unknown-command' } });
  });

  it('someone who is not signed in is told so', async () => {
    expect(await server.tell('account.home', {})).toMatchObject({ error: { code: 'unauthenticated' } });
  });
});

describe('bad input that only a connection knows', () => {
  it.each([
    ['malformed JSON', '{"id":', 'malformed'],
    ['a frame that is no command', '{"hello":1}', 'malformed'],
    ['anything before hello [H1]', '{"id":1,"command":"account.home","params":{}}', 'unauthenticated'],
    [
      'a hello with a wrong token',
      `{"id":1,"command":"connection.hello","params":{"versions":[1],"token":"${'x'.repeat(43)}"}}`,
      'unauthenticated',
    ],
    [
      'a version that nobody speaks [H3]',
      '{"id":1,"command":"connection.hello","params":{"versions":[99]}}',
      'unsupported-version',
    ],
  ] as const)('%s ends it with its code', async (_, text, reason) => {
    const socket = await TestSocket.open(server.url);
    socket.send(text);
    const ended = await socket.ended();
    expect(ended.code).toBe(closeCodes[reason].code);
    expect(socket.frames.at(-1)).toMatchObject({ event: 'connection.closing', data: { reason } });
  });

  it('an unknown command is refused and the connection goes on', async () => {
    const socket = await TestSocket.signedIn(server.url, member.token);
    expect(await socket.ask('message.shout', {})).toMatchObject({ error: { code: 'unknown-command' } });
    expect(await socket.ask('connection.ping', {})).toHaveProperty('result.serverTime');
    socket.close();
  });
});

describe('a session that ended [H8]', () => {
  it('is refused over HTTP and loses its connections at once', async () => {
    const { token, session } = await server.ask('account.sign-in', {
      handle: 'member',
      password: 'correct horse battery',
      deliver: 'token',
    });
    const socket = await TestSocket.signedIn(server.url, token ?? '');
    await server.ask('session.revoke', { session }, member.token);
    expect((await socket.ended()).code).toBe(closeCodes['session-revoked'].code);
    expect(await server.tell('account.home', {}, token)).toMatchObject({ error: { code: 'session-revoked' } });
  });
});
