import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, type Params, type Result, type WireError } from '@confab/protocol';
import { configWith, type ServerConfig } from '../config.ts';
import { type RunningServer, type ServerExtras, startServer } from '../start-server.ts';

export type Reply = { result: unknown } | { error: WireError };
type HttpCommand = keyof typeof commands;

/** A server on a free port with a data folder of its own, and a person who asks it things over HTTP. */
export interface OpenServer extends RunningServer {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A command over HTTP with a bearer token. */
  ask<Name extends HttpCommand>(name: Name, params: Params<Name>, token?: string): Promise<Result<Name>>;
  /** The same, for what is expected to be refused or has other shapes. */
  tell(name: HttpCommand, params: unknown, token?: string): Promise<Reply>;
}

export async function openServer(config: Partial<ServerConfig> = {}, extras: ServerExtras = {}): Promise<OpenServer> {
  const data = config.data ?? (await mkdtemp(join(tmpdir(), 'confab-server-')));
  const server = await startServer(
    configWith({ port: 0, host: '127.0.0.1', logLevel: 'silent', data, ...config }),
    extras,
  );
  const fetchFrom = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);
  const tell = async (name: HttpCommand, params: unknown, token?: string): Promise<Reply> => {
    const { path, init } = requestOf(name, params as Record<string, unknown>, token);
    const response = await fetchFrom(path, init);
    const body = await response.json();
    return response.ok ? { result: body } : (body as { error: WireError });
  };
  return {
    ...server,
    fetch: fetchFrom,
    tell,
    async ask(name, params, token) {
      const reply = await tell(name, params, token);
      if ('error' in reply) throw new Error(`${name}: ${reply.error.code}`);
      return reply.result as never;
    },
    async close() {
      await server.close();
      if (config.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

/** A command as the request that its route wants. */
function requestOf(name: HttpCommand, params: Record<string, unknown>, token?: string) {
  const [method = 'POST', route = ''] = (commands[name].http ?? '').split(' ');
  const rest = { ...params };
  const filled = route.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(rest[key]);
    delete rest[key];
    return encodeURIComponent(value);
  });
  const inQuery = method === 'GET' || method === 'DELETE';
  const query = inQuery ? new URLSearchParams(rest as Record<string, string>).toString() : '';
  return {
    path: `/api/v1${filled}${query ? `?${query}` : ''}`,
    init: {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(inQuery ? {} : { 'content-type': 'application/json' }),
      },
      ...(inQuery ? {} : { body: JSON.stringify(rest) }),
    },
  };
}

export const password = 'correct horse battery';

/** Makes the owner and answers with their token and the first room. */
export async function setUpOwner(server: OpenServer) {
  const made = await server.ask('account.set-up', {
    handle: 'owner',
    name: 'Owner',
    password,
    space: 'Home',
    deliver: 'token',
  });
  const token = made.token ?? '';
  const home = await server.ask('account.home', {}, token);
  const [space] = home.spaces;
  const [room] = home.rooms;
  if (!space || !room) throw new Error('The first space and room are missing.');
  return { token, user: made.me.id, session: made.session, space: space.id, room: room.info.id };
}

/** Invites someone and signs them up. */
export async function signUpMember(
  server: OpenServer,
  ownerToken: string,
  space: string,
  handle: string,
  role = 'member',
) {
  const invited = await server.tell('invite.create', { space, role }, ownerToken);
  if ('error' in invited) throw new Error(invited.error.code);
  const { token: invite } = invited.result as { token: string };
  const made = await server.ask('account.sign-up', { handle, name: handle, password, invite, deliver: 'token' });
  return { token: made.token ?? '', user: made.me.id, session: made.session };
}
