import { describe, expect, test } from 'vitest';
import { greetingOf } from './greeting.ts';

const rest = '&version=1.5.5';

test.each([
  ['/peerjs?key=peerjs&id=ada&token=x1', { id: 'ada', token: 'x1' }],
  ['/peerjs/peerjs?key=peerjs&id=ada&token=x1', { id: 'ada', token: 'x1' }],
  ['/peerjs?token=a%20b&id=a%20b_c-d&key=peerjs', { id: 'a b_c-d', token: 'a b' }],
  [`/peerjs?key=peerjs&id=${'a'.repeat(64)}&token=${'t'.repeat(256)}`, { id: 'a'.repeat(64), token: 't'.repeat(256) }],
])('%s is a greeting', (url, greeting) => {
  expect(greetingOf(url + rest)).toEqual(greeting);
});

describe('what is no greeting is refused as the reference server does', () => {
  test.each([
    ['no query at all', '/peerjs', 'ERROR'],
    ['no id', '/peerjs?key=peerjs&token=x', 'ERROR'],
    ['no token', '/peerjs?key=peerjs&id=ada', 'ERROR'],
    ['no key', '/peerjs?id=ada&token=x', 'ERROR'],
    ['an empty id', '/peerjs?key=peerjs&id=&token=x', 'ERROR'],
    ['another key', '/peerjs?key=other&id=ada&token=x', 'INVALID-KEY'],
    ['an id of other characters', '/peerjs?key=peerjs&id=a/b&token=x', 'ERROR'],
    ['an id that begins with a dash', '/peerjs?key=peerjs&id=-a&token=x', 'ERROR'],
    ['an id that is too long', `/peerjs?key=peerjs&id=${'a'.repeat(65)}&token=x`, 'ERROR'],
    ['a token that is too long', `/peerjs?key=peerjs&id=ada&token=${'t'.repeat(257)}`, 'ERROR'],
  ])('%s', (_, url, refused) => {
    expect(greetingOf(url)).toEqual({ refused, why: expect.any(String) });
  });
});
