import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sign, signatureHeader } from './signature.ts';
import { backName, beat, FrontAndBack, frontName, secret } from './testing/front-and-back.ts';

let nodes: FrontAndBack;
let asked: string[];
beforeEach(async () => {
  nodes = await FrontAndBack.open({ disorder: 64, senders: 2 });
  asked = [];
  nodes.onRequest = (request, response) => {
    asked.push(nodes.clients.get(request) ?? 'nobody');
    response.end('back');
  };
});
afterEach(() => nodes.close());

const address = '198.51.100.7';
const url = '/test/a?b=c';
const host = ['host', 'chat.example.org'];

function signature(number: number, changes: { to?: string; from?: string; key?: string; url?: string } = {}): string {
  const { to = backName, from = frontName, key = secret } = changes;
  const head = { method: 'GET', url: changes.url ?? url, headers: host };
  return sign(key, { from, to, beat, number, address }, head);
}

/** Straight to the internal address. */
function ask(signed: string | null, path = url, more: string[] = []): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(nodes.back?.url ?? '');
  const headers = [...host, ...(signed === null ? [] : [signatureHeader, signed]), ...more];
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: hostname, port, path, headers, setHost: false, agent: false });
    const read = async (incoming: IncomingMessage): Promise<void> => {
      let text = '';
      for await (const chunk of incoming) text += String(chunk);
      resolve({ status: incoming.statusCode ?? 0, text });
    };
    outgoing.on('response', (incoming) => void read(incoming).catch(reject));
    outgoing.on('upgrade', () => reject(new Error('It was upgraded.')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const refused = { status: 421, text: '' };

describe('the internal listener', () => {
  it('answers what another node has signed, and knows whose it is', async () => {
    expect(await ask(signature(1))).toEqual({ status: 200, text: 'back' });
    expect(asked).toEqual([address]);
  });

  it.each<[string, () => string | null]>([
    ['nothing signed', () => null],
    ['nonsense', () => 'a b c d e f'],
    ['another secret', () => signature(1, { key: 'guessed' })],
    ['another address signed', () => signature(1, { url: '/test/other' })],
    ['another node meant', () => signature(1, { to: 'otherone' })],
  ])('answers nothing to %s, and says so in the log', async (_, signed) => {
    expect(await ask(signed())).toEqual(refused);
    expect(asked).toEqual([]);
    expect(nodes.reports).toEqual(['a request was refused that no node has passed on']);
  });

  it('answers nothing that came before', async () => {
    const signed = signature(5);
    expect(await ask(signed)).toMatchObject({ status: 200 });
    expect(await ask(signed)).toEqual(refused);
    expect(await ask(signature(4))).toMatchObject({ status: 200 });
    expect(await ask(signature(100))).toMatchObject({ status: 200 });
    expect(await ask(signature(36))).toEqual(refused);
    expect(asked).toHaveLength(3);
  });

  it('counts each node for itself', async () => {
    expect(await ask(signature(5))).toMatchObject({ status: 200 });
    expect(await ask(signature(5, { from: 'otherone' }))).toMatchObject({ status: 200 });
  });

  it('answers nothing that is too old', async () => {
    nodes.isGood = false;
    expect(await ask(signature(1))).toEqual(refused);
  });

  it.each(['/', '/api/v1/instance', '/health/ready', '/metrics', '/testing'])(
    'has no door at %s, however well it is signed',
    async (path) => {
      expect(await ask(signature(1, { url: path }), path)).toEqual(refused);
    },
  );

  it('upgrades nothing that is not signed', async () => {
    const upgrade = ['connection', 'Upgrade', 'upgrade', 'websocket'];
    expect(await ask(null, url, upgrade)).toEqual(refused);
  });
});
