import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PeerServer } from 'peer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Inhabitant } from '../load/population.ts';
import { type TwoPeople, twoPeople, until } from './testing/two-people.ts';

interface Message {
  readonly type: string;
  readonly src?: string;
  readonly dst?: string;
  readonly payload?: unknown;
}

/** A client without a browser. */
class RawPeer {
  readonly heard: Message[] = [];
  closed = false;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.heard.push(JSON.parse(String(data))));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
    });
  }

  static async at(url: string, headers: Record<string, string>): Promise<RawPeer> {
    const peer = new RawPeer(new WebSocket(url, { headers }));
    await until(
      () => peer.heard.length > 0 || peer.closed,
      () => `nothing heard at ${url}`,
    );
    return peer;
  }

  say(message: unknown): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async hears(count: number): Promise<readonly Message[]> {
    await until(
      () => this.heard.length >= count,
      () => this.heard,
    );
    return this.heard;
  }

  async close(): Promise<void> {
    this.#socket.terminate();
    await until(
      () => this.closed,
      () => 'not closed',
    );
  }
}

/** A signalling server, ours or the reference. */
interface Signalling {
  /** A client of Ada's, or of Ben's. */
  peer(query: string, whose?: 'ada' | 'ben'): Promise<RawPeer>;
  fetch(path: string): Promise<Response>;
}

let people: TwoPeople;
let reference: Server;
beforeAll(async () => {
  people = await twoPeople();
  reference = await new Promise((resolve) => {
    PeerServer({ port: 0, host: '127.0.0.1', path: '/' }, (server) => resolve(server as Server));
  });
  if (!reference.listening) await once(reference, 'listening');
});
afterAll(async () => {
  reference.closeAllConnections();
  reference.close();
  await people.close();
});

function ours(): Signalling {
  const url = people.url.replace('http', 'ws');
  const tokens = { ada: people.ada.token, ben: people.ben.token };
  return {
    peer: (query, whose = 'ada') => RawPeer.at(`${url}/peerjs?${query}`, { authorization: `Bearer ${tokens[whose]}` }),
    fetch: (path) => fetch(people.url + path),
  };
}

function theirs(): Signalling {
  const { port } = reference.address() as AddressInfo;
  return {
    peer: (query) => RawPeer.at(`ws://127.0.0.1:${port}/peerjs?${query}`, {}),
    fetch: (path) => fetch(`http://127.0.0.1:${port}${path}`),
  };
}

const query = (id: string, token = 't') => `key=peerjs&id=${id}&token=${token}&version=1.5.5`;
const payload = { sdp: { type: 'offer', sdp: 'v=0\r\n' }, type: 'data', connectionId: 'dc_1', metadata: '日本' };

/** What each client hears when this is done, at either server. Ids differ from one run to the next. */
type Play = (server: Signalling, id: (name: string) => string) => Promise<unknown>;

const plays: readonly (readonly [string, Play])[] = [
  ['a client with an id of its own is let in', async (server, id) => (await server.peer(query(id('one')))).heard],
  [
    'what two say to each other arrives in its order',
    async (server, id) => {
      const [one, two] = [await server.peer(query(id('one'))), await server.peer(query(id('two')), 'ben')];
      one.say({ type: 'OFFER', dst: id('two'), payload });
      for (let index = 0; index < 10; index += 1) one.say({ type: 'CANDIDATE', dst: id('two'), payload: { index } });
      await two.hears(12);
      two.say({ type: 'ANSWER', dst: id('one'), payload, src: 'nobody' });
      two.say({ type: 'LEAVE', dst: id('one') });
      return [await one.hears(3), two.heard];
    },
  ],
  [
    'what is sent to someone who comes a moment later waits for them',
    async (server, id) => {
      const one = await server.peer(query(id('one')));
      one.say({ type: 'OFFER', dst: id('two'), payload });
      one.say({ type: 'CANDIDATE', dst: id('two'), payload: 1 });
      const two = await server.peer(query(id('two')), 'ben');
      return [one.heard, await two.hears(3)];
    },
  ],
  [
    'what is sent to nobody expires, once for each that nobody was',
    async (server, id) => {
      const one = await server.peer(query(id('one')));
      for (const type of ['OFFER', 'CANDIDATE', 'LEAVE']) one.say({ type, dst: id('nobody'), payload });
      one.say({ type: 'LEAVE', dst: id('gone') });
      return one.hears(2);
    },
  ],
  [
    'an id that another client has is taken',
    async (server, id) => {
      const one = await server.peer(query(id('one'), 'first'));
      const other = await server.peer(query(id('one'), 'second'), 'ben');
      await until(
        () => other.closed,
        () => other.heard,
      );
      return [one.heard, one.closed, other.heard];
    },
  ],
  [
    'a client that comes back has its id again',
    async (server, id) => {
      const [before, two] = [await server.peer(query(id('one'))), await server.peer(query(id('two')), 'ben')];
      await before.close();
      const after = await server.peer(query(id('one')));
      two.say({ type: 'OFFER', dst: id('one'), payload });
      return after.hears(2);
    },
  ],
  [
    'heartbeats and words that nobody knows are not answered',
    async (server, id) => {
      const one = await server.peer(query(id('one')));
      for (const type of ['HEARTBEAT', 'SING', 'constructor']) one.say({ type });
      one.say({ type: 'OFFER', dst: id('one'), payload: 'to myself' });
      return [await one.hears(2), one.closed];
    },
  ],
  ...['id', 'token', 'key'].map((missing): readonly [string, Play] => [
    `without ${missing} nobody is let in`,
    async (server, id) => {
      const parameters = new URLSearchParams(query(id('one')));
      parameters.delete(missing);
      const one = await server.peer(parameters.toString());
      await until(
        () => one.closed,
        () => one.heard,
      );
      return one.heard;
    },
  ]),
  [
    'an id is given to who has none, and nobody’s ids are listed',
    async (server) => {
      const given = await server.fetch('/peerjs/id?ts=1&version=1.5.5');
      const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
      const listed = await server.fetch('/peerjs/peers');
      return [given.status, form.test(await given.text()), listed.status];
    },
  ],
];

describe('as on the reference server', () => {
  test.each(plays)('%s', async (name, play) => {
    const run = name.replace(/\W+/g, '').slice(0, 20);
    const id = (who: string) => `${run}-${who}`;
    const [here, there] = await Promise.all([play(ours(), id), play(theirs(), id)]);
    expect(here).toEqual(there);
  });
});

describe('other than on the reference server', () => {
  test('another key is refused with the word that the client has for it', async () => {
    const [here, there] = await Promise.all(
      [ours(), theirs()].map(async (server) => (await server.peer('key=other&id=one&token=t')).heard[0]),
    );
    expect([here?.type, there?.type]).toEqual(['INVALID-KEY', 'ERROR']);
    expect(here?.payload).toEqual(there?.payload);
  });

  test('nobody is let in without a session', async () => {
    const stranger = await RawPeer.at(`${people.url.replace('http', 'ws')}/peerjs?${query('stranger')}`, {});
    await until(
      () => stranger.closed,
      () => stranger.heard,
    );
    expect(stranger.heard).toEqual([{ type: 'ERROR', payload: { msg: 'Sign in first.' } }]);
  });

  test('[P5] an id stays its client’s while it is away', async () => {
    const one = await ours().peer(query('kept', 'mine'));
    await one.close();
    const other = await ours().peer(query('kept', 'mine'), 'ben');
    expect(other.heard.map(({ type }) => type)).toEqual(['ID-TAKEN']);
    const back = await ours().peer(query('kept', 'mine'));
    expect(back.heard.map(({ type }) => type)).toEqual(['OPEN']);
  });

  test('[H8] who is signed out is out, and their id reaches nobody', async () => {
    const leaver = await sessionOf(people.ben);
    const two = await RawPeer.at(`${people.url.replace('http', 'ws')}/peerjs?${query('leaver', leaver)}`, {});
    expect(two.heard).toEqual([{ type: 'OPEN' }]);
    await people.ben.api.as(leaver).call('account.sign-out', {});
    await until(
      () => two.closed,
      () => two.heard,
    );
    expect(two.heard[1]).toEqual({ type: 'ERROR', payload: { msg: expect.stringContaining('signed out') } });
  });
});

/** Another session of the same person. */
async function sessionOf({ handle, api }: Inhabitant): Promise<string> {
  const password = 'a long enough password';
  const { token } = await api.call('account.sign-in', { handle, password, deliver: 'token' });
  if (token === undefined) throw new Error('The server gave no token.');
  return token;
}
