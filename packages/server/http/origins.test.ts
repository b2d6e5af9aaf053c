import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { allowedOrigins, mayChangeThings } from './origins.ts';

type Config = Parameters<typeof allowedOrigins>[0];
const none: Config = { publicUrl: '', origins: [], trustProxy: false };
const request = (headers: IncomingMessage['headers'], method = 'POST') => ({ headers, method }) as IncomingMessage;

describe('the origins that may speak to this server', () => {
  it.each<[string, string, Partial<Config>, IncomingMessage['headers'], boolean]>([
    ['its own', 'http://chat.example:3000', {}, { host: 'chat.example:3000' }, true],
    ['its own over TLS, where a proxy ends it', 'https://chat.example', {}, { host: 'chat.example' }, true],
    ['its own with the host in capitals', 'http://chat.example', {}, { host: 'Chat.Example' }, true],
    ['its own by number', 'http://[::1]:3000', {}, { host: '[::1]:3000' }, true],
    ['another port', 'http://chat.example:3001', {}, { host: 'chat.example:3000' }, false],
    ['another host', 'http://evil.example', {}, { host: 'chat.example' }, false],
    ['a host below', 'http://a.chat.example', {}, { host: 'chat.example' }, false],
    ['a longer name', 'http://chat.example.evil.example', {}, { host: 'chat.example' }, false],
    ['a name before an @', 'http://chat.example@evil.example', {}, { host: 'chat.example' }, false],
    ['none of its own', 'null', {}, { host: 'null' }, false],
    ['no address at all', 'chat.example', {}, { host: 'chat.example' }, false],
    ['an empty one', '', {}, { host: '' }, false],
    ['any without a host to compare', 'http://chat.example', {}, {}, false],
    ['the public address', 'https://chat.example', { publicUrl: 'https://chat.example' }, { host: '127.0.0.1' }, true],
    [
      'the public address without TLS',
      'http://chat.example',
      { publicUrl: 'https://chat.example' },
      { host: '127.0.0.1' },
      false,
    ],
    [
      'one that is named',
      'https://board.example',
      { origins: ['https://board.example'] },
      { host: 'chat.example' },
      true,
    ],
    [
      'one that is named, with another port',
      'https://board.example:1',
      { origins: ['https://board.example'] },
      { host: 'chat.example' },
      false,
    ],
    [
      'what a trusted proxy was asked for',
      'https://chat.example',
      { trustProxy: true },
      { host: 'inside:3000', 'x-forwarded-host': 'chat.example' },
      true,
    ],
    [
      'what anyone says they were asked for',
      'https://evil.example',
      {},
      { host: 'chat.example', 'x-forwarded-host': 'evil.example' },
      false,
    ],
  ])('%s', (_, origin, config, headers, allowed) => {
    expect(allowedOrigins({ ...none, ...config }).allows(origin, request(headers))).toBe(allowed);
  });
});

describe('a request that changes something', () => {
  const origins = allowedOrigins(none);
  it.each<[string, IncomingMessage['headers'], boolean]>([
    ['of a program', {}, true],
    ['of the own page', { host: 'chat.example', origin: 'http://chat.example' }, true],
    ['of a foreign page', { host: 'chat.example', origin: 'http://evil.example' }, false],
    [
      'of a foreign page that says it is the own one',
      { host: 'chat.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
      false,
    ],
    ['of the own page that names no origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['of a person who typed the address', { 'sec-fetch-site': 'none' }, true],
    ['of a sister site that names no origin', { 'sec-fetch-site': 'same-site' }, false],
    ['of a foreign page that names no origin', { 'sec-fetch-site': 'cross-site' }, false],
  ])('%s', (_, headers, allowed) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'BREW']) {
      expect(mayChangeThings(origins, request(headers, method))).toBe(allowed);
    }
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect(mayChangeThings(origins, request(headers, method))).toBe(true);
    }
  });
});
