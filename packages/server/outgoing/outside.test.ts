import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest';
import type { Resolve } from './checked-target.ts';
import { outgoingLimits } from './limits.ts';
import { OutgoingFault } from './outgoing-fault.ts';
import { Outside } from './outside.ts';
import { isPublicAddress, parseRange } from './public-address.ts';
import { disguised, innerIPv4, innerIPv6, innerNames, otherForms, outer } from './testing/inner-addresses.ts';

/** Where the server of these tests stands: an inner address that this `Outside` lets through, and no other. */
const here = '127.0.0.7';
const allowed = [parseRange(`${here}/32`)].filter((range) => range !== undefined);

const resolve: Resolve = async (hostname) => {
  if (hostname === 'here.example.org') return [{ address: here, family: 4 }];
  const addresses = Object.entries(innerNames).find(([name]) => new URL(`http://${name}/`).hostname === hostname)?.[1];
  if (!addresses) throw new Error('ENOTFOUND');
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};
const outside = new Outside({ allowed, resolve });

const reasonOf = (error: unknown): string => (error instanceof OutgoingFault ? error.reason : String(error));
const refused = (url: string): Promise<string> =>
  outside.request(url).then(({ status }) => `answered with ${status}`, reasonOf);

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;
let handle: Handler;
const server = http.createServer((request, response) => handle(request, response));
let base: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, here, listening));
  base = `http://here.example.org:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const literals = [...innerIPv4, ...innerIPv6.map((address) => `[${address}]`), ...disguised];
const inner = [...literals, ...Object.keys(innerNames)].map((host) => `http://${host}/`);

describe('what leads inside is not connected to', () => {
  it('has a corpus of at least 150 ways to try', () => {
    expect(new Set([...inner, ...otherForms]).size).toBeGreaterThanOrEqual(150);
  });

  it.each(inner)('%s', async (url) => {
    const connections = [vi.spyOn(http, 'request'), vi.spyOn(https, 'request')];
    expect(await refused(url)).toBe('not-public');
    expect(await refused(url.replace('http:', 'https:'))).toBe('not-public');
    for (const connection of connections) expect(connection).not.toHaveBeenCalled();
  });

  it.each(otherForms)('%j', async (url) => {
    const connections = [vi.spyOn(http, 'request'), vi.spyOn(https, 'request')];
    expect(await refused(url)).toMatch(/^(address-form|unknown-host|not-public)$/);
    for (const connection of connections) expect(connection).not.toHaveBeenCalled();
  });

  it('on another port, when only some of a name’s addresses are let through', async () => {
    const mixed = new Outside({
      allowed,
      resolve: async () => [
        { address: here, family: 4 },
        { address: '93.184.215.14', family: 4 },
      ],
    });
    expect(await mixed.request(base).catch(reasonOf)).toBe('address-form');
  });

  it('though a public host sends there', async () => {
    for (const url of [...inner, ...otherForms.filter((form) => URL.canParse(form))]) {
      handle = (_request, response) => response.writeHead(302, { location: encodeURI(url) }).end();
      const connection = vi.spyOn(http, 'request');
      expect(await refused(base), url).toMatch(/^(not-public|address-form|unknown-host)$/);
      expect(connection).toHaveBeenCalledTimes(1);
      connection.mockRestore();
    }
  });

  it('though its name leads elsewhere when it is asked for the second time', async () => {
    const answers = [here, '127.0.0.1'];
    const turning = new Outside({ allowed, resolve: async () => [{ address: answers.shift() ?? '', family: 4 }] });
    handle = (_request, response) => response.end('from where it was checked');
    expect((await turning.request(base)).body.toString()).toBe('from where it was checked');
    expect(answers).toHaveLength(1);
  });
});

test('public addresses are let through, inner ones are not', () => {
  expect(outer.filter((address) => !isPublicAddress(address))).toEqual([]);
  expect([...innerIPv4, ...innerIPv6].filter((address) => isPublicAddress(address))).toEqual([]);
  expect(isPublicAddress('not an address')).toBe(false);
});

describe('an answer', () => {
  it('comes with its status and its body, unpacked', async () => {
    const page = '<title>Hello</title>';
    for (const [encoding, packed] of [
      ['gzip', gzipSync(page)],
      ['br', brotliCompressSync(page)],
      ['identity', Buffer.from(page)],
    ] as const) {
      handle = (_request, response) => response.writeHead(203, { 'content-encoding': encoding }).end(packed);
      const answer = await outside.request(`${base}/page`);
      expect([answer.status, answer.body.toString(), answer.url]).toEqual([203, page, `${base}/page`]);
    }
  });

  it('is cut at the bound, a bomb too', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    handle = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    expect((await outside.request(base)).body.length).toBe(outgoingLimits.bodyBytes);
  });

  it('is what had come when it breaks off', async () => {
    handle = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('so far', () => response.destroy());
    };
    expect((await outside.request(base)).body.toString()).toBe('so far');
  });

  it('is followed over three redirects, no further', async () => {
    handle = ({ url = '' }, response) => {
      const left = Number(url.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(307, { location: `/${left - 1}` }).end();
    };
    expect((await outside.request(`${base}/3`)).body.toString()).toBe('there');
    expect(await refused(`${base}/4`)).toBe('too-many-redirects');
  });

  it('to a POST is not followed', async () => {
    handle = (_request, response) => response.writeHead(302, { location: '/other' }).end();
    expect((await outside.request(base, { method: 'POST', body: Buffer.from('x') })).status).toBe(302);
  });

  it('that is no HTTP, or none at all, is a fault', async () => {
    handle = (request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    expect(await refused(base)).toBe('unreachable');
    handle = (request) => request.socket.destroy();
    expect(await refused(base)).toBe('unreachable');
    expect(await refused('http://nobody.example.org/')).toBe('unknown-host');
  });

  it('that does not come is not waited for, nor is a name that nobody says', async () => {
    handle = (_request, response) => void response.write('it begins');
    expect(await new Outside({ allowed, resolve, totalMs: 50 }).request(base).catch(reasonOf)).toBe('too-slow');
    const silent = new Outside({ resolve: () => new Promise(() => {}), totalMs: 50 });
    expect(await silent.request(base).catch(reasonOf)).toBe('too-slow');
  });

  it('with endless headers is a fault', async () => {
    handle = (_request, response) => response.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end();
    expect(await refused(base)).toBe('unreachable');
  });
});

it('sends nothing of whoever asked', async () => {
  let heard: http.IncomingHttpHeaders = {};
  handle = ({ headers }, response) => {
    heard = headers;
    response.end();
  };
  await outside.request(base, { headers: { 'user-agent': 'Confab' } });
  expect(Object.keys(heard).sort()).toEqual(['accept-encoding', 'connection', 'host', 'user-agent']);
});
