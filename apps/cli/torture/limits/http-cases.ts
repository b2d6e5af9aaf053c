import { gzipSync } from 'node:zlib';
import type { LimitCase, LimitTarget } from './limit-case.ts';
import { RawHttp } from './raw-http.ts';

const close = 'Connection: close\r\n\r\n';
const get = (headers: string) => `GET /api/v1/instance HTTP/1.1\r\nHost: x\r\n${headers}`;

function post({ token, room }: LimitTarget, headers: string, body = ''): string {
  const path = `/api/v1/rooms/${room}/messages`;
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n${headers}Connection: close\r\n\r\n${body}`;
}

const json = (length: number) => `Content-Type: application/json\r\nContent-Length: ${length}\r\n`;

/** What goes over its bound over HTTP, and how each is answered. */
export const httpCases: readonly LimitCase[] = [
  {
    name: 'headers of 64 KiB',
    expected: 'HTTP 431',
    run: ({ url }) => new RawHttp(url).ask(get(`X-Long: ${'x'.repeat(65_536)}\r\n${close}`)),
  },
  {
    name: 'ten thousand headers',
    expected: /^HTTP (431|400)$/,
    run: ({ url }) => new RawHttp(url).ask(get(`${'X-Many: 1\r\n'.repeat(10_000)}${close}`)),
  },
  {
    name: 'an address of 64 KiB',
    expected: /^HTTP (414|431)$/,
    run: ({ url }) => new RawHttp(url).ask(`GET /${'x'.repeat(65_536)} HTTP/1.1\r\nHost: x\r\n${close}`),
  },
  {
    name: 'a body that says it is 100 MiB',
    expected: 'HTTP 413',
    run: (target) => new RawHttp(target.url).ask(post(target, json(100 * 1024 * 1024), '{')),
  },
  {
    name: 'a body in pieces that does not end',
    // Who goes on sending after the answer may have the connection reset before the answer is read.
    expected: /^(HTTP 413|cut)$/,
    run: (target) => {
      const piece = `10000\r\n${' '.repeat(65_536)}\r\n`;
      const headers = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n';
      return new RawHttp(target.url).ask(post(target, headers, piece.repeat(64)));
    },
  },
  {
    name: 'a compressed bomb as a body',
    expected: /^HTTP (415|413|400)$/,
    run: (target) => {
      const bomb = gzipSync(Buffer.alloc(1024 * 1024)).toString('latin1');
      const raw = new RawHttp(target.url);
      raw.socket.setDefaultEncoding('latin1');
      return raw.ask(post(target, `Content-Encoding: gzip\r\n${json(bomb.length)}`, bomb));
    },
  },
  {
    name: 'a body that is not JSON',
    expected: 'HTTP 400',
    run: (target) => new RawHttp(target.url).ask(post(target, json(5), 'hello')),
  },
  {
    name: 'a text over its bound',
    expected: 'HTTP 413',
    run: (target) => {
      const body = JSON.stringify({ clientId: 'too-long', text: 'x'.repeat(10_001) });
      return new RawHttp(target.url).ask(post(target, json(body.length), body));
    },
  },
  {
    name: 'a request in no known form',
    expected: 'HTTP 400',
    run: ({ url }) => new RawHttp(url).ask('HELLO\r\n\r\n'),
  },
  {
    name: 'headers that take for ever',
    expected: /^(HTTP 408|cut)$/,
    slow: true,
    run: ({ url }) => new RawHttp(url).drip(get(''), 'X-Slow: 1\r\n', 1_000, 120_000),
  },
  {
    name: 'a body that takes for ever',
    expected: /^(HTTP 408|cut)$/,
    slow: true,
    run: (target) => new RawHttp(target.url).drip(post(target, json(1_000)), ' ', 1_000, 400_000),
  },
];
