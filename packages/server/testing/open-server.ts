import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configWith, type ServerConfig } from '../config.ts';
import { type RunningServer, type ServerExtras, startServer } from '../start-server.ts';
import { type HttpAsker, httpAsker } from './http-asker.ts';

/** A server on a free port with a data folder of its own, and a person who asks it things over HTTP. */
export interface OpenServer extends RunningServer, HttpAsker {}

export async function openServer(config: Partial<ServerConfig> = {}, extras: ServerExtras = {}): Promise<OpenServer> {
  const data = config.data ?? (await mkdtemp(join(tmpdir(), 'confab-server-')));
  const server = await startServer(
    configWith({ port: 0, host: '127.0.0.1', logLevel: 'silent', data, ...config }),
    extras,
  );
  return {
    ...server,
    ...httpAsker(server.url),
    async close() {
      await server.close();
      if (config.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

export const password = 'correct horse battery';

/** Makes the owner and answers with their token and the first room. */
export async function setUpOwner(server: HttpAsker) {
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
  server: HttpAsker,
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
