import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askingDoors } from './testing/asking-doors/index.ts';
import { type GatewayUser, guessAtEveryGateway, useEveryGateway } from './testing/gateway-traffic.ts';
import { type HttpAsker, httpAsker } from './testing/http-asker.ts';
import { ServerChild } from './testing/server-child.ts';
import { TestSocket } from './testing/socket.ts';

/** Passwords that are easy to recognise; the tokens are the server's own. */
const passwords = {
  owner: 'canary-owner-first-7f3a',
  ownerNext: 'canary-owner-second-7f3a',
  member: 'canary-member-51c9',
  guessed: 'canary-guessed-e802',
} as const;
const publicText = 'canary-that-everyone-may-read';

/** Someone, and all that the server ever said to them. */
interface Person {
  readonly asker: HttpAsker;
  readonly answers: string[];
  socket?: TestSocket;
}
const heardBy = (person: Person): string => person.answers.join('\n') + JSON.stringify(person.socket?.frames ?? []);

let data: string;
let child: ServerChild;
const people = {} as Record<'owner' | 'member' | 'stranger', Person>;
/** Every token that was handed out, by what it is. */
const tokens: Record<string, string> = {};
let logged = '';

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'confab-secrets-'));
  child = new ServerChild({ CONFAB_DATA: data, CONFAB_LOG_LEVEL: 'debug' });
  const { url } = await child.ready();
  for (const name of ['owner', 'member', 'stranger'] as const) {
    const answers: string[] = [];
    people[name] = { answers, asker: httpAsker(url, (answer) => answers.push(answer)) };
  }
  const room = await everybodyDoesEverything(url);
  await everybodyUsesTheGateways(url, room);
  // First, while the sign-ins are not yet too many.
  await theStorageFails(url);
  await strangersGuess(room);
  await strangersGuessAtGateways(url, room);
  expect((await child.end('SIGTERM')).code).toBe(0);
  logged = child.logged + child.said;
});
afterAll(async () => {
  await child.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

async function everybodyDoesEverything(url: string): Promise<string> {
  const { owner, member } = people;
  const { ask, tell } = owner.asker;
  const signIn = { handle: 'owner', password: passwords.owner };
  const made = await ask('account.set-up', { ...signIn, name: 'Owner', space: 'Home', deliver: 'token' });
  const token = made.token ?? '';
  tokens['owner’s first session'] = token;
  tokens['owner’s second session'] = (await ask('account.sign-in', { ...signIn, deliver: 'token' })).token ?? '';
  await tell('account.sign-in', { ...signIn, deliver: 'cookie' });
  tokens['owner’s cookie'] = /confab_session=([\w-]{43})/.exec(owner.answers.at(-1) ?? '')?.[1] ?? '';
  const home = await ask('account.home', {}, token);
  const space = home.spaces[0]?.id ?? '';
  const room = home.rooms[0]?.info.id ?? '';
  const invited = (await tell('invite.create', { space }, token)) as { result: { token: string } };
  const invite = invited.result.token;
  tokens.invitation = invite;

  await member.asker.tell('invite.look-up', { token: invite });
  const form = { handle: 'member', name: 'Member', password: passwords.member, invite, deliver: 'token' };
  await member.asker.tell('account.sign-up', { ...form, handle: 'owner' });
  const joined = (await member.asker.tell('account.sign-up', form)) as {
    result: { token: string; me: { id: string } };
  };
  tokens['member’s session'] = joined.result.token;
  member.socket = await TestSocket.signedIn(url, joined.result.token);
  const listen = [`room:${room}`, `space:${space}`, `inbox:${joined.result.me.id}`];
  const listening = await member.socket.ask('log.listen', { logs: listen.map((log) => ({ log, level: 'live' })) });
  expect(listening).toHaveProperty('result.logs.length', 3);

  owner.socket = await TestSocket.signedIn(url, token);
  await owner.socket.ask('message.post', { room, clientId: 'a', text: publicText });
  await tell('message.post', { room, clientId: 'b', text: 'over HTTP' }, token);
  await owner.socket.ask('account.change-password', { current: passwords.guessed, next: passwords.ownerNext });
  await owner.socket.ask('account.change-password', { current: passwords.owner, next: passwords.ownerNext });
  for (const command of ['session.list', 'account.home'] as const) await tell(command, {}, token);
  await tell('invite.list', { space }, token);
  for (const each of [owner, member])
    await each.asker.tell('space.members', { space }, each === owner ? token : joined.result.token);
  await member.asker.tell('message.list', { room }, joined.result.token);
  await member.socket.until(() => (JSON.stringify(member.socket?.frames).includes('over HTTP') ? true : undefined));
  return room;
}

/** The member through all gateways, and the owner’s webhook with them. */
async function everybodyUsesTheGateways(url: string, room: string): Promise<void> {
  const { owner, member } = people;
  const token = tokens['owner’s first session'];
  const made = (await owner.asker.tell('webhook.create', { room, name: 'Build' }, token)) as {
    result: { token: string };
  };
  tokens.webhook = made.result.token;
  const user = gatewayUser(url, room, member, { token: tokens['member’s session'] ?? '', password: passwords.member });
  tokens['member’s session of GraphQL'] = await useEveryGateway({ ...user, handle: 'member' });
}

async function strangersGuessAtGateways(url: string, room: string): Promise<void> {
  for (const secret of [...Object.values(passwords), ...Object.values(tokens)]) {
    const guess = { token: `${secret}x`, password: `${secret}x`, hook: `${secret}x` };
    await guessAtEveryGateway(gatewayUser(url, room, people.stranger, guess));
  }
}

const gatewayUser = (
  url: string,
  room: string,
  { asker, answers }: Person,
  given: Pick<GatewayUser, 'token' | 'password'> & Partial<GatewayUser>,
): GatewayUser => ({
  url,
  room,
  asker,
  handle: given.password.slice(0, 30),
  hook: tokens.webhook ?? '',
  hear: (answer) => void answers.push(answer),
  ...given,
});

/** What someone may try with secrets that they know, or guess, where they do not belong. */
async function strangersGuess(room: string): Promise<void> {
  const { asker } = people.stranger;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    asker.fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const secrets = [...Object.values(passwords), ...Object.values(tokens)];
  for (const secret of secrets) {
    await asker.tell('account.sign-in', { handle: secret.slice(0, 30), password: secret, deliver: 'token' });
    await asker.tell('invite.look-up', { token: `${secret}x`.padEnd(20, 'x') });
    await asker.tell('account.home', {}, `${secret}x`);
    await post('/api/v1/account/sign-in', `{"handle":"owner","password":"${secret}`);
    await post(
      '/api/v1/account/sign-in',
      JSON.stringify({ handle: 'owner', password: { is: secret }, deliver: secret }),
    );
    await post(`/api/v1/account/sign-in?password=${secret}`, `"${secret}"`);
    await post('/api/v1/account/sign-in', `password=${secret}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    await post(`/api/v1/rooms/${room}/messages`, JSON.stringify({ text: secret }), {
      cookie: `confab_session=${secret}`,
    });
    await asker.fetch('/api/v1/account/home', { headers: { authorization: secret } });
    await asker.fetch('/api/v1/account/home', { headers: { cookie: `confab_session=${secret}x` } });
  }
  await asker.tell('account.sign-in', { handle: 'owner', password: passwords.guessed, deliver: 'token' });
  await asker.tell('account.sign-up', {
    handle: 'x',
    name: 'x',
    password: passwords.guessed.repeat(100),
    deliver: 'token',
  });
}

/** A table is gone for a moment: what fails then is a bug to the server, and logged as one. */
async function theStorageFails(url: string): Promise<void> {
  const { asker } = people.stranger;
  const database = new DatabaseSync(join(data, 'confab.db'), { timeout: 5_000 });
  database.exec('ALTER TABLE users RENAME TO users_away');
  await asker.tell('account.sign-in', { handle: 'member', password: passwords.member, deliver: 'token' });
  await asker.tell('account.home', {}, tokens['member’s session']);
  const asks = askingDoors.map((door) => door.ask(url, tokens['member’s session'] ?? null, 'account.home', {}));
  await Promise.allSettled(asks);
  database.exec('ALTER TABLE users_away RENAME TO users');
  database.close();
}

const secretsBut = (...allowed: string[]): string[] => {
  const all = { ...passwords, ...tokens };
  return Object.entries(all)
    .filter(([name]) => !allowed.includes(name))
    .map(([, secret]) => secret);
};

function expectNone(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) expect(text.includes(secret), `it tells ${secret}`).toBe(false);
  expect(text).not.toContain('argon2');
}

describe('secrets [X3]', () => {
  it('were all handed out, so that there is something to look for', () => {
    expect(Object.keys(tokens)).toHaveLength(7);
    for (const token of Object.values(tokens)) expect(token).toMatch(/^[\w-]{43}$/);
    const told = heardBy(people.owner);
    for (const [name, token] of Object.entries(tokens)) {
      // Each is told once, to the one who asked for it.
      expect(told.split(token).length - 1).toBe(name.startsWith('member') ? 0 : 1);
    }
  });

  it('are told to nobody else', () => {
    const told = heardBy(people.member);
    expect(JSON.stringify(people.member.socket?.frames)).toContain(publicText);
    expect(told).toContain('"event":"message.posted"');
    expectNone(told, secretsBut('member’s session', 'member’s session of GraphQL'));
    for (const { name } of askingDoors) expect(told).toContain(`through ${name}`);
    expect(told).toContain('through MQTT with a password');
    expect(told).toContain('through a webhook');
    expectNone(heardBy(people.owner), Object.values(passwords));
  });

  it('are in no error', () => {
    const { answers } = people.stranger;
    expect(answers.filter((answer) => answer.includes('"error"')).length).toBeGreaterThan(80);
    expect(answers.join()).toContain('"internal"');
    expectNone(answers.join('\n'), secretsBut());
    expect(answers.join('\n')).not.toMatch(/SQLITE|no such table|node_modules|\.ts\b/);
  });

  it('are in no line of the log', () => {
    expect(logged).toContain('a command failed');
    expect(logged).toContain('account.sign-in');
    expect(logged).toContain('no such table');
    expectNone(logged, secretsBut());
    expect(logged).not.toContain(publicText);
  });

  it('are in no event', () => {
    const database = new DatabaseSync(join(data, 'confab.db'), { readOnly: true });
    const events = JSON.stringify(database.prepare('SELECT * FROM events').all());
    database.close();
    expect(events).toContain(publicText);
    expectNone(events, secretsBut());
  });

  it('are nowhere in the data folder as they are, only as hashes', () => {
    const files = readdirSync(data).map((name) => readFileSync(join(data, name)));
    const holds = (bytes: Buffer | string) => files.some((file) => file.includes(bytes));
    expect(holds(publicText)).toBe(true);
    expect(holds('argon2')).toBe(true);
    for (const secret of secretsBut()) {
      expect(holds(secret)).toBe(false);
      expect(holds(Buffer.from(secret, 'base64url'))).toBe(false);
      expect(holds(Buffer.from(secret).toString('base64'))).toBe(false);
      expect(holds(Buffer.from(secret).toString('hex'))).toBe(false);
    }
  });
});
